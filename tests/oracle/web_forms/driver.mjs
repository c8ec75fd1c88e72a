// ODK Web Forms' engine over lines of JSON: one request a line in, one reply a line out.
// in:  {"form": path, "steps": [{"set": ref, "value": text} | {"add": ref} | {"remove": ref, "index": n} | {"lang": name}]}
// out: {"ok": true, "loadMs", "stepMs": [..], "errors": [..], "states": [state after loading, after step 1, ..], "xml"}
//      a state is {ref: {value, relevant, required, readonly, valid, label}}, repeats left out
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { performance } from 'node:perf_hooks';
import { installDom } from './dom.mjs';

const print = console.log;
console.log = console.warn = console.info = () => {};
process.on('unhandledRejection', () => {});
installDom();
const { createInstance } = await import('@getodk/xforms-engine');
const TYPES = { '.csv': 'text/csv', '.geojson': 'application/geo+json', '.xml': 'text/xml' };

function* walk(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* walk(child);
}

const isRange = (node) => node.nodeType.startsWith('repeat-range');
const plain = (ref) => ref.replace(/\[\d+\]/g, '');

// Nodes by reference. Walking the tree takes longer than an answer, so it is done once for as long as its shape stays.
class Finder {
  constructor(root) {
    this.root = root;
    this.forget();
  }
  forget() {
    this.nodes = null;
    this.ranges = null;
  }
  find(ref, ranges) {
    const found = this.known(ref, ranges) ?? (this.forget(), this.known(ref, ranges));
    if (!found) throw new Error(`no node ${ref}`);
    return found;
  }
  known(ref, ranges) {
    if (!this.nodes) this.index();
    return (ranges ? this.ranges : this.nodes).get(ref);
  }
  index() {
    this.nodes = new Map();
    this.ranges = new Map();
    for (const node of walk(this.root)) {
      const ref = node.currentState.reference, into = isRange(node) ? this.ranges : this.nodes;
      if (!into.has(plain(ref))) into.set(plain(ref), node); // without numbers: the first
      into.set(ref, node);
    }
  }
}

function answer(node, value) {
  switch (node.nodeType) {
    case 'select': return node.selectValues(value === '' ? [] : value.split(/\s+/));
    case 'rank': return node.setValues(value === '' ? [] : value.split(/\s+/));
    case 'trigger': return node.setValue(value === 'OK');
    case 'upload': return node.setValue(value === '' ? null : new File(['x'], value, { type: 'application/octet-stream' }));
    case 'range': return node.setValue(value === '' ? null : value);
    case 'input': return node.setValue(value);
    default: throw new Error(`${node.currentState.reference} takes no answer`);
  }
}

// The step as a function, so that looking for its node is not measured.
function act(root, finder, step) {
  if ('set' in step) {
    const node = finder.find(step.set, false);
    return () => answer(node, step.value ?? '');
  }
  if ('lang' in step) return () => root.setLanguage(root.languages.find((known) => known.language === step.lang));
  const range = finder.find(step.add ?? step.remove, true);
  finder.forget();
  return 'add' in step ? () => range.addInstances() : () => range.removeInstances(step.index ?? 0, 1);
}

function state(root) {
  const found = {};
  for (const node of walk(root)) {
    if (node.nodeType === 'root' || isRange(node)) continue;
    const { reference, relevant, required, readonly, instanceValue, children, label } = node.currentState;
    const seen = { relevant, required, readonly };
    if (children == null) {
      seen.value = typeof instanceValue === 'string' ? instanceValue : '';
      if (label != null) seen.label = label.asString;
      seen.valid = node.validationState?.violation == null;
    }
    found[reference] = seen;
  }
  return found;
}

async function load(form, folders) {
  const fetchFormAttachment = async (url) => {
    const name = decodeURIComponent(String(url).split('/').pop());
    const file = folders.map((folder) => path.join(folder, name)).find((candidate) => fs.existsSync(candidate));
    const type = TYPES[path.extname(name)] ?? 'text/plain';
    return file ? new Response(fs.readFileSync(file), { headers: { 'content-type': type } }) : new Response('', { status: 404 });
  };
  const instance = {
    instanceAttachments: { fileNameFactory: ({ basename, extension }) => `${basename}${extension ?? ''}` },
    geolocationProvider: { getLocation: () => Promise.resolve('38.25 21.75 0 0') },
  };
  const xml = fs.readFileSync(form, 'utf8');
  return (await createInstance(xml, { form: { missingResourceBehavior: 'BLANK', fetchFormAttachment }, instance })).root;
}

async function run({ form, steps, last = false }) {
  let began = performance.now();
  const root = await load(form, [path.dirname(form)]);
  const finder = new Finder(root);
  const reply = { ok: true, loadMs: performance.now() - began, stepMs: [], errors: [], states: last ? [] : [state(root)] };
  for (const [index, step] of (steps ?? []).entries()) {
    try {
      const work = act(root, finder, step);
      began = performance.now();
      work();
      reply.stepMs.push(performance.now() - began);
    } catch (error) {
      reply.errors.push({ step: index + 1, message: String(error?.message ?? error) });
    }
    if (!last) reply.states.push(state(root));
  }
  if (last) reply.states.push(state(root));
  const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  reply.xml = await payload.data[0].get('xml_submission_file').text();
  return reply;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let reply;
  try { reply = await run(JSON.parse(line)); } catch (error) { reply = { ok: false, error: String(error?.message ?? error).slice(0, 2000) }; }
  print(JSON.stringify(reply));
}
