// Reads charts with operations (JSON, one case a line), does them in the model, and writes what they changed.
import { createInterface } from "node:readline";

import { Model, Refused } from "../src/model.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { chart, functions, operations } = JSON.parse(line);
  const model = new Model();
  model.functions = functions;
  model.load(chart);
  const found = operations.map((operation) => {
    try {
      const change = model.change(operation);
      model.apply(change);
      return { change };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { refused: error.message };
    }
  });
  console.log(JSON.stringify(found));
}
