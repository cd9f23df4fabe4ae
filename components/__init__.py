"""What the pages share: what is open, and parts of a screen. Plain Python; numbers come from `orgmodel`."""
