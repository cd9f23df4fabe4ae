const BULLET = /^(?:[-*•–]|\d+(?:\.\d+)*[.)]?)\s+/;

/** "Anna Berg, Sales manager" as {name, title}. */
export function nameAndTitle(text) {
  const [, name, title] = /^(.+?)(?:,\s+|\s+[-–]\s+)(.+)$/.exec(text) ?? [null, text, ""];
  return title ? { name: name.trim(), title: title.trim() } : { name: text.trim() };
}

/** The people of an indented list as new nodes, the outermost ones under `manager`; `isTaken(id)` says of ids. */
export function fromOutline(text, manager, isTaken) {
  const above = []; // {indent, id} of those that the next line may be below
  const nodes = [];
  let number = 1;
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().replace(BULLET, "");
    if (!words) continue;
    const indent = /^\s*/.exec(line)[0].replaceAll("\t", "    ").length;
    while (above.length && above.at(-1).indent >= indent) above.pop();
    while (isTaken(`new-${number}`)) number += 1;
    const id = `new-${number++}`;
    nodes.push({ id, manager: above.at(-1)?.id ?? manager, ...nameAndTitle(words) });
    above.push({ indent, id });
  }
  return nodes;
}
