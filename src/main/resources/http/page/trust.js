// Whether to trust it, in sentences: what the panels say, for somebody who does not know them yet.
import {number} from './charts.js';

const percent = v => `${number(100 * v)} %`;
/** Deviations of a share of so many labels from what it should be that chance explains. */
const CHANCE = 4;
const FEW_SECONDS = 10;

/** How its error compares with the guesses that need no model; `of` is 0 for what was of late, 1 for all since the beginning. */
function error(values, kind, of) {
  const [own, last, mean] = [values[of], values[2 + of], values[4 + of]], when = of ? 'Since the beginning' : 'Of late';
  if (own == null) return null;
  if (kind === 'number') {
    const good = own < last && own < mean;
    return {good, text: `${when} it errs by ${number(own)}; guessing the last value errs by ${number(last)}, the mean so far by ${number(mean)}. ${good ? 'It knows something.' : 'That is no better than guessing.'}`};
  }
  if (kind === 'binary') {
    return {good: own >= last, text: `${when} it is right in ${percent(own)} of the events; guessing the last class in ${percent(last)}.`};
  }
  return {good: null, text: `${when} it is right in ${percent(own)} of the events.`};
}

function coverage([, , [late], labels], interval) {
  if (late == null) return null;
  const off = late - interval, few = Math.abs(off) <= CHANCE * Math.sqrt(interval * (1 - interval) / labels);
  return {good: few, text: `The band that is to hold ${percent(interval)} of the labels held ${percent(late)} of late${few ? '.' : off < 0 ? ': it is too narrow now.' : ': it is wider than need be.'}`};
}

function behind(tick, rates) {
  if (!tick.lag.length) return null;
  const records = tick.lag.reduce((sum, l) => sum + l.records, 0), rate = rates ? rates[1] + rates[2] : 0;
  const good = records <= FEW_SECONDS * Math.max(rate, 1);
  return {good, text: records === 0 ? 'It has read everything that came.' : `${records} records are still to be read${rate > 0 ? `, at ${number(rate)} a second` : ''}.`};
}

/**
 * Sentences, each with whether it is good, null where it is neither.
 *
 * `row` is the last one of the measures' table, `flagged` the predictions at hand and those of them that bear a flag.
 */
export function verdict({row, kind, interval, warming, tick, rates, flagged: [shown, flags]}) {
  return [
    warming ? {good: false, text: 'It is warming up: it has seen too few labels for its doubt to be trusted.'} : null,
    ...(row ? [1, 0].map(of => error(row[1], kind, of)) : [{good: null, text: 'No label has been learned yet that was predicted before.'}]),
    row && kind === 'number' ? coverage(row, interval) : null,
    shown ? {good: null, text: `${percent(flags / shown)} of the events of late are uncertain or out of range: there it knows least.`} : null,
    behind(tick, rates),
  ].filter(one => one);
}
