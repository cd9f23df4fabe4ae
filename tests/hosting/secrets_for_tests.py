"""What a visitor brings and no log may hold."""

NAME = "Ottilie Geheimrat"
MAIL = "ottilie@geheim.example"
TOKEN = "tok3n-that-opens-a-link"  # noqa: S105
FILE = "salaries-of-ottilie.csv"
ADDRESS = "203.0.113.77"  # of documentation (RFC 5737)
ALL = (NAME, "Ottilie", "Geheimrat", MAIL, TOKEN, FILE, "salaries", ADDRESS)
