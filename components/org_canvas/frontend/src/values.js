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
    this.documents = 0;
  }

  /** Take columns: the distinct numbers, their scores, and for every node, in that order (ids), which it has. */
  async take({ survey, columns }, order) {
    const { documents } = this;
    for (const [name, { numbers, scores, which, ...printed }] of Object.entries(columns)) {
      const Places =
        numbers.length <= 256 ? Uint8Array : numbers.length <= 65_536 ? Uint16Array : Uint32Array;
      const at = new Places(await unpacked(which));
      // Meanwhile another chart may have been opened, or newer values have come.
      if (documents !== this.documents || at.length !== order.length) return;
      if (this.columns.get(name)?.survey > survey) continue;
      const places = new Map(order.map((id, place) => [id, at[place]]));
      this.columns.set(name, { survey, numbers, scores, places, ...printed });
    }
  }

  /** Forget all: another chart is open. */
  forget() {
    this.documents += 1;
    this.columns.clear();
  }

  isStale(name, survey) {
    return Boolean(name) && this.columns.get(name)?.survey !== survey;
  }

  /** The column of an indicator; undefined while it was never asked for. */
  get(name) {
    const column = this.columns.get(name);
    if (!column) return undefined;
    const raw = (node) => column.numbers[column.places.get(node.id)] ?? NOT_A_CANDIDATE;
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
        const score = column.scores[column.places.get(node.id)] ?? NO_SCORE;
        return score === NO_SCORE ? null : score;
      },
    };
  }
}

async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}
