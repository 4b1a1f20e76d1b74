// The graph of the service as a picture: nodes in columns by how far they are from their sources.
const NS = 'http://www.w3.org/2000/svg';
const make = (name, attributes, text) => {
  const e = document.createElementNS(NS, name);
  Object.entries(attributes).forEach(([k, v]) => e.setAttribute(k, v));
  if (text) e.textContent = text;
  return e;
};

const ROOM = 34;
const brief = n => {
  const text = n.topic ?? n.stores.join(', ');
  return text.length <= ROOM ? text : n.topic ? `${text.slice(0, ROOM - 1)}…` : `${n.stores.length} stores`;
};

export function drawTopology(place, nodes) {
  const byName = new Map(nodes.map(n => [n.name, n]));
  const depth = new Map();
  const visit = (n, d) => {
    if ((depth.get(n.name) ?? -1) >= d) return;
    depth.set(n.name, d);
    n.next.forEach(name => byName.has(name) && visit(byName.get(name), d + 1));
  };
  nodes.filter(n => n.kind === 'source').forEach(n => visit(n, 0));
  const rows = new Map(), at = new Map();
  const parts = [...new Set(nodes.map(n => n.part))].sort((a, b) => a - b);
  let top = 10;
  parts.forEach(part => {
    let most = 0;
    rows.clear();
    nodes.filter(n => n.part === part).forEach(n => {
      const column = depth.get(n.name) ?? 0, row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      most = Math.max(most, row + 1);
      at.set(n.name, {x: 10 + 260 * column, y: top + 56 * row});
    });
    top += 56 * most + 14;
  });
  const width = 10 + 260 * (1 + Math.max(...depth.values()));
  const svg = make('svg', {width, height: top, viewBox: `0 0 ${width} ${top}`, role: 'img', 'aria-label': nodes.map(n => `${n.name} leads to ${n.next.join(' and ') || 'nothing'}`).join('; ')});
  nodes.forEach(n => n.next.forEach(name => {
    const a = at.get(n.name), b = at.get(name);
    if (a && b) svg.append(make('path', {d: `M${a.x + 220} ${a.y + 21} C${a.x + 240} ${a.y + 21} ${b.x - 20} ${b.y + 21} ${b.x} ${b.y + 21}`}));
  }));
  nodes.forEach(n => {
    const {x, y} = at.get(n.name);
    svg.append(make('rect', {x, y, width: 220, height: 42, rx: n.kind === 'processor' ? 8 : 20}),
      make('text', {x: x + 12, y: y + 18}, n.name),
      make('text', {x: x + 12, y: y + 33, class: 'topic'}, brief(n)));
  });
  place.replaceChildren(svg);
}
