// Runs the cases of the folder "cases", each with its own official clients: node cases.mjs
import { serve } from "./lines.mjs";
import { Bench } from "./bench.mjs";

const load = async file => (await import(`./cases/${file}.mjs`)).default;

serve({
  names: async ({ file }) => Object.keys(await load(file)),
  run: async ({ file, name, ...setup }) => {
    const cases = await load(file);
    if (!Object.hasOwn(cases, name)) throw new Error(`${file}.mjs has no case "${name}"`);
    const bench = new Bench(setup);
    try {
      await cases[name](bench);
    } finally {
      bench.close();
    }
  },
});
