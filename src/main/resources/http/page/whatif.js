// What the model says of an event that one makes up, and how that runs with each feature.
import {chart, number} from './charts.js';

const $ = id => document.getElementById(id);
const STEPS = 25;
const HANDS_OFF_MS = 2000;
// Of several classes, as many as can be told apart by colour and dash.
const CLASSES = ['--mean', '--truth', '--third', '--good', '--bad', '--soft'];

export function whatIf(ask) {
  let controls = [], charts = [], places = [], task = '', level = 0, names = [], drawn = null, running = false, again = false, timer = 0, touched = 0, said = null;

  const event = values => {
    const all = {};
    controls.forEach((c, i) => {
      const path = c.feature.field.split('.');
      const value = values && i in values ? values[i] : c.value();
      path.reduce((at, name, k) => (k === path.length - 1 ? (at[name] = value) : (at[name] ??= {})), all);
    });
    return all;
  };

  function control(feature) {
    const label = document.createElement('label'), name = document.createElement('span'), shown = document.createElement('output');
    name.textContent = feature.field;
    let input, value, range;
    const slider = (min, max, at, step) => {
      input = Object.assign(document.createElement('input'), {type: 'range', min, max, step});
      input.value = at;
      value = () => Number(input.value);
      const lo = Number(min), hi = Number(max);
      range = Array.from({length: STEPS}, (_, i) => lo + (hi - lo) * i / (STEPS - 1));
    };
    if (feature.kind === 'numeric' || feature.kind === 'past') {
      const spread = feature.deviation || Math.abs(feature.mean) || 1;
      slider(feature.mean - 3 * spread, feature.mean + 3 * spread, feature.mean ?? 0, 'any');
    } else if (feature.kind === 'cyclic') {
      const period = Number(feature.arguments[0]);
      slider(0, period, period / 2, 'any');
    } else if (feature.kind === 'boolean') {
      input = Object.assign(document.createElement('input'), {type: 'checkbox'});
      value = () => input.checked;
      range = [false, true];
    } else if (feature.kind === 'onehot') {
      input = document.createElement('select');
      feature.arguments.forEach(a => input.append(new Option(a, a)));
      value = () => input.value;
      range = feature.arguments.slice(0, 40);
    } else if (feature.kind === 'time') {
      input = Object.assign(document.createElement('input'), {type: 'datetime-local', value: new Date().toISOString().slice(0, 16)});
      value = () => `${input.value}Z`;
      range = null;
    } else {
      input = Object.assign(document.createElement('input'), {type: 'text', value: 'a'});
      value = () => input.value;
      range = null;
    }
    input.name = feature.field;
    const show = () => { shown.textContent = input.type === 'range' ? number(value()) : ''; };
    input.addEventListener('input', () => { touched = Date.now(); show(); later(); });
    show();
    label.append(name, shown, input);
    return {feature, label, value, range};
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(run, 120); };

  async function run() {
    if (running) { again = true; return; }
    running = true;
    try {
      const asked = controls, events = [event()];
      controls.forEach((c, i) => c.range?.forEach(v => { if (events.length < 1000) events.push(event({[i]: v})); }));
      const predictions = await ask(events);
      if (asked !== controls) return;
      said = predictions[0];
      show(said);
      if ($('why').open) reasons((await ask([event()], true))[0].attribution);
      if (asked !== controls) return;
      if (task === 'multiclass') choose(predictions);
      let at = 1;
      controls.forEach((c, i) => {
        if (!c.range) return;
        const told = predictions.slice(at, at += c.range.length);
        const x = c.range.map((v, k) => typeof v === 'number' ? v : k).slice(0, told.length);
        charts[i].set(task === 'multiclass' ? [x, ...drawn.map(k => told.map(p => p.probabilities[k]))]
          : [x, told.map(p => p.mean), told.map(p => p.lower ?? null), told.map(p => p.upper ?? null)]);
      });
    } catch (problem) {
      $('answer').textContent = problem.message;
    } finally {
      running = false;
      if (again) { again = false; later(); }
    }
  }

  function show(p) {
    $('answer').dataset.mean = String(p.mean);
    $('answer').textContent = p.predictedClass != null
      ? p.probabilities.map((v, k) => [v, k]).sort((a, b) => b[0] - a[0]).slice(0, 3)
        .map(([v, k]) => `${k === p.predictedIndex ? p.predictedClass : names[k] ?? k}: ${(100 * v).toFixed(1)} %`).join(', ')
      : `${number(p.mean)}, between ${number(p.lower)} and ${number(p.upper)} in ${number(100 * level)} of 100 such events. More data would remove ${number(100 * p.epistemicVariance / p.variance)} % of the variance.`;
    if (p.warmingUp) $('answer').textContent += ', still warming up';
  }

  const one = [{label: 'mean', colour: '--mean'}, {label: 'lower', colour: '--mean', faint: true}, {label: 'upper', colour: '--mean', faint: true}];

  /** The classes that are drawn: those that get likeliest anywhere, in their order. */
  function choose(predictions) {
    const most = predictions[0].probabilities.map((_, k) => Math.max(...predictions.map(p => p.probabilities[k])));
    const next = most.map((p, k) => k).sort((a, b) => most[b] - most[a]).slice(0, CLASSES.length).sort((a, b) => a - b);
    if (drawn && next.join() === drawn.join()) return;
    drawn = next;
    const lines = drawn.map((k, i) => ({label: names[k] ?? String(k), colour: CLASSES[i], dashed: i % 2 === 1}));
    draw(lines);
    $('classes').replaceChildren(...lines.map(line => {
      const item = document.createElement('li'), mark = document.createElement('span');
      mark.className = line.dashed ? 'mark dashed' : 'mark';
      mark.style.borderTopColor = `var(${line.colour})`;
      item.append(mark, line.label);
      return item;
    }));
  }

  function draw(lines) {
    charts.forEach(c => c?.close());
    charts = controls.map((c, i) => c.range && chart(places[i], {height: 140, legend: false, bands: lines === one ? [[3, 2]] : [], lines,
      probability: task === 'binary' || task === 'multiclass', ticks: typeof c.range[0] === 'number' ? null : c.range.map(String)}));
  }

  function reasons(told) {
    const most = Math.max(...told.parts.map(p => Math.abs(p.mean)), 1e-300);
    const parts = told.parts.filter(p => p.mean || p.variance).sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean)).slice(0, 8);
    $('why-base').textContent = `The average event: ${number(told.baseMean)}. What this one is different in moves it by`;
    $('why-parts').replaceChildren(...parts.map(p => {
      const row = document.createElement('li'), bar = document.createElement('meter');
      Object.assign(bar, {min: 0, max: 1, value: Math.abs(p.mean) / most, ariaLabel: `share of the largest part`});
      row.append(`${p.feature} ${p.mean > 0 ? '+' : '\u2212'}${number(Math.abs(p.mean))} `, bar);
      return row;
    }));
  }

  $('why').addEventListener('toggle', () => { if ($('why').open) later(); });

  return {
    /** Asks again where the model has a newer version than what is shown, unless somebody is about to. */
    refresh(card) {
      const newest = said && said.modelEpoch === card.epoch && said.modelStep === card.step;
      if (!newest && !document.hidden && Date.now() - touched > HANDS_OFF_MS) later();
    },
    /** There is nobody to ask, for the reason that is said. */
    refuse(why) {
      if ($('answer').textContent !== why) $('answer').textContent = why;
      $('features').hidden = $('learned').hidden = $('why').hidden = true;
    },
    build(card, classes) {
      task = card.task;
      level = card.interval;
      names = classes;
      drawn = null;
      charts.forEach(c => c?.close());
      charts = [];
      controls = card.features.map(control);
      $('features').replaceChildren(...controls.map(c => c.label));
      $('curves').replaceChildren();
      places = controls.map(c => {
        if (!c.range) return null;
        const figure = document.createElement('figure'), caption = document.createElement('figcaption'), place = document.createElement('div');
        caption.textContent = c.feature.field;
        figure.append(caption, place);
        $('curves').append(figure);
        return place;
      });
      $('classes').hidden = task !== 'multiclass';
      $('curves-what').textContent = task === 'multiclass' ? `Probability of each class${names.length > CLASSES.length ? ', of the likeliest,' : ''} as one feature runs over its range while the others stay where the form has them.`
        : `${task === 'binary' ? `Probability of class ${names[1] ?? 1}` : 'Mean and band'} as one feature runs over its range while the others stay where the form has them.`;
      if (task !== 'multiclass') draw(one);
      run();
    },
  };
}
