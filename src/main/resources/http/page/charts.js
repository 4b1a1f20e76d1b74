// Line charts in the colours of the page, redrawn when these change, as wide as their place.
import uPlot from './uplot.js';

const all = new Set();
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export const number = v => v == null || !Number.isFinite(v) ? '–'
  : Math.abs(v) >= 1e5 || (v !== 0 && Math.abs(v) < 1e-3) ? v.toExponential(2) : Number(v.toPrecision(4)).toString();

// Hollow, so that what lies beneath is still seen, and by its form told from dots without its colour.
function diamonds(u, index, from, to) {
  const path = new Path2D(), clip = new Path2D(), r = 6 * devicePixelRatio, {left, top, width, height} = u.bbox;
  clip.rect(left - r, top - r, width + 2 * r, height + 2 * r);
  for (let i = from; i <= to; i++) {
    if (u.data[index][i] == null) continue;
    const x = u.valToPos(u.data[0][i], 'x', true), y = u.valToPos(u.data[index][i], 'y', true);
    path.moveTo(x, y - r);
    path.lineTo(x + r, y);
    path.lineTo(x, y + r);
    path.lineTo(x - r, y);
    path.closePath();
  }
  return {stroke: path, fill: null, clip, flags: 0};
}

// As many names as there is room for beside each other.
function thinned(names, width) {
  const short = names.map(name => name.length > 12 ? `${name.slice(0, 11)}…` : name);
  const every = Math.ceil(names.length * (8 * Math.max(...short.map(name => name.length)) + 12) / width);
  return short.map((name, i) => i % every ? '' : name);
}

/**
 * A chart in an element. `lines` have label, colour (a variable of the style sheet), and may be dots, diamonds, dashed or bars, with a `sign` that
 * stands for their mark in the legend; `shares` run from 0 to 1 and up from 0, a `probability` from 0 to 1;
 * `bands` are pairs of indices of lines, upper and lower.
 */
export function chart(place, {lines, bands = [], time = false, height = 200, legend = true, ticks = null, shares = false, probability = false}) {
  let plot = null;
  let data = [[], ...lines.map(() => [])];
  const size = () => ({width: Math.max(120, place.clientWidth), height});
  const series = line => ({
    label: line.sign ? `${line.sign} ${line.label}` : line.label,
    stroke: css(line.colour),
    width: line.dots || line.diamonds ? 0 : line.faint ? 0 : 2,
    dash: line.dashed ? [6, 5] : undefined,
    spanGaps: Boolean(line.spans),
    ...(line.bars ? {paths: uPlot.paths.bars({size: [0.9]}), fill: css('--band')} : {}),
    points: line.diamonds ? {show: true, size: 12, width: 2, stroke: css(line.colour), paths: diamonds}
      : {show: Boolean(line.dots || line.marked), size: line.marked ? 7 : 5, fill: css(line.colour)},
    value: (u, v) => number(v),
  });
  const axis = {stroke: css('--soft'), grid: {stroke: css('--line'), width: 1}, ticks: {stroke: css('--line'), width: 1}};
  const draw = () => {
    if (plot) plot.destroy();
    axis.stroke = css('--soft');
    axis.grid = {stroke: css('--line'), width: 1};
    plot = new uPlot({
      ...size(),
      cursor: {drag: {x: false, y: false}},
      legend: {show: legend},
      scales: shares ? {x: {time, range: [0, 1]}, y: {range: (u, min, max) => [0, 1.1 * max]}} : {x: {time}, ...(probability ? {y: {range: [0, 1]}} : {})},
      series: [{value: (u, v) => v == null ? '' : time ? new Date(1000 * v).toISOString().slice(0, 16).replace('T', ' ') : number(v)}, ...lines.map(series)],
      bands: bands.map(pair => ({series: pair, fill: css('--band')})),
      tzDate: seconds => uPlot.tzDate(new Date(1000 * seconds), 'Etc/UTC'),
      axes: [{...axis, ...(ticks ? {splits: () => ticks.map((t, i) => i), values: u => thinned(ticks, u.bbox.width / devicePixelRatio)} : {})}, {...axis, size: 56, values: (u, vs) => vs.map(number)}],
    }, data, place);
  };
  draw();
  const watcher = new ResizeObserver(() => plot.setSize(size()));
  watcher.observe(place);
  place.setAttribute('role', 'img');
  const one = {
    draw,
    set(next) {
      data = next;
      plot.setData(next);
      place.dataset.points = String(next[0].length);
      place.setAttribute('aria-label', lines.map((l, i) => `${l.label} ${number((next[i + 1] ?? []).findLast(v => v != null))}`).join(', '));
    },
    close() { watcher.disconnect(); plot.destroy(); all.delete(one); },
  };
  all.add(one);
  return one;
}

/** Tables of x and values with x rising, joined by x. */
export function join(...tables) {
  return uPlot.join(tables.map(table => {
    const rows = new Map(table.map(row => [row[0], row]));
    const sorted = [...rows.values()].sort((a, b) => a[0] - b[0]);
    const width = sorted.length ? sorted[0].length : table.width ?? 2;
    return Array.from({length: width}, (_, i) => sorted.map(row => row[i]));
  }));
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => all.forEach(c => c.draw()));
