// ODK Web Forms' engine opens a submission for editing: `node reopen.mjs FORM.xml SUBMISSION.xml [FILE ...]`.
// out: {"ok": true, "values": {ref: value}} or {"ok": false, "error"}
import fs from 'node:fs';
import path from 'node:path';
import { installDom } from './dom.mjs';

const print = console.log;
console.log = console.warn = console.info = () => {};
installDom();
const { editInstance } = await import('@getodk/xforms-engine');

function* walk(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* walk(child);
}

const [form, submission, ...files] = process.argv.slice(2);
const response = (file, type) => new Response(fs.readFileSync(file), { headers: { 'content-type': type } });
const fetchFormAttachment = async (url) => {
  const table = path.join(path.dirname(form), 'form-media', String(url).split('/').pop());
  return response(table, 'text/csv');
};
const input = {
  inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE',
  resolveInstance: async () => fs.readFileSync(submission, 'utf8'),
  attachments: new Map(files.map((file) => [path.basename(file), async () => response(file, 'image/jpeg')])),
};
try {
  const options = { form: { missingResourceBehavior: 'BLANK', fetchFormAttachment } };
  const { root } = await editInstance(fs.readFileSync(form, 'utf8'), input, options);
  const values = {};
  for (const node of walk(root)) {
    const { reference, instanceValue, children } = node.currentState;
    if (children == null) values[reference] = instanceValue instanceof File ? instanceValue.name : String(instanceValue ?? '');
  }
  print(JSON.stringify({ ok: true, values }));
} catch (error) {
  print(JSON.stringify({ ok: false, error: String(error?.message ?? error) }));
}
process.exit(0);
