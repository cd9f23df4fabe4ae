const UNKNOWN = -(2 ** 31);
const NOT_A_CANDIDATE = UNKNOWN + 1;
const NO_WAY = 2 ** 31 - 1;
const NO_SCORE = 255;

/**
 * What every node would be as boss of customer service: numbers by the names of indicators.
 *
 * They belong to one survey: one chart, one customer service, one set of assumptions. Old ones serve as colours
 * until the new ones are there.
 */
export class Values {
  constructor() {
    this.columns = new Map();
  }

  take({ survey, columns }, model) {
    const places = new Map(model.nodes.map((node, place) => [node.id, place]));
    for (const [name, { data, score, ...printed }] of Object.entries(columns)) {
      const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
      const numbers = new Int32Array(bytes.buffer);
      if (numbers.length !== places.size) continue;
      const scores = Uint8Array.from(atob(score), (one) => one.charCodeAt(0));
      this.columns.set(name, { survey, ...printed, numbers, scores, places });
    }
  }

  forget() {
    this.columns.clear();
  }

  isStale(name, survey) {
    return Boolean(name) && this.columns.get(name)?.survey !== survey;
  }

  /** The column of an indicator; undefined while it was never asked for. */
  get(name) {
    const column = this.columns.get(name);
    if (!column) return undefined;
    const raw = (node) => {
      const place = column.places.get(node.id);
      return place === undefined ? NOT_A_CANDIDATE : column.numbers[place];
    };
    return {
      survey: column.survey,
      /** Whether scores run from the best to the worst of this chart only. */
      relative: column.relative,
      /** The number; null where there is none. */
      number: (node) => {
        const value = raw(node);
        return [UNKNOWN, NOT_A_CANDIDATE, NO_WAY].includes(value) ? null : value / 10 ** column.digits;
      },
      text: (node) => {
        const value = raw(node);
        if (value === UNKNOWN) return "cannot be told";
        if (value === NO_WAY) return "no complete way";
        if (value === NOT_A_CANDIDATE) return "not possible";
        return `${(value / 10 ** column.digits).toFixed(column.digits)} ${column.suffix}`.trim();
      },
      /** 0 best to 100 worst; null where there is none. */
      score: (node) => {
        const place = column.places.get(node.id);
        const score = place === undefined ? NO_SCORE : column.scores[place];
        return score === NO_SCORE ? null : score;
      },
    };
  }
}
