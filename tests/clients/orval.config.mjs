// One client per document. Requests go to the host of the page; here, outside of a browser, ROSTER_URL says where.
import { readdirSync } from 'node:fs';

const names = readdirSync('openapi').map((file) => file.replace(/\.yaml$/, ''));
// Forms On Fire's credential stands in the query: a function of ours adds it.
const overrides = {
  formsonfire: { mutator: { path: 'stories/formsonfire/signed.ts', name: 'signed', extension: '.js' } },
};
// Where the paths of a document begin.
const mounts = { taleolearn: '/learn.rest/v1' };
const client = (name) => ({
  input: `openapi/${name}.yaml`,
  output: {
    target: `generated/${name}/orval/client.ts`,
    client: 'fetch',
    override: overrides[name] ?? {},
    baseUrl: { runtime: `process.env["ROSTER_URL"] + "${mounts[name] ?? ''}"` },
  },
});

export default Object.fromEntries(names.map((name) => [name, client(name)]));
