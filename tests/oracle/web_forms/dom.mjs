// The little of a browser that ODK Web Forms' engine asks for, from jsdom.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const WANTED = /^(DOM|XML|Node|Element|Attr|Text|Document|XPath|HTML|CDATA|Comment|Processing|NamedNode|CharacterData)/;

export function installDom() {
  globalThis.__dirname ??= process.cwd(); // the engine's XPath grammar was bundled for CommonJS
  globalThis.require ??= createRequire(import.meta.url);
  const { window } = new JSDOM('<!doctype html><html><body></body></html>');
  globalThis.window = window;
  globalThis.document = window.document;
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!(name in globalThis) && WANTED.test(name)) globalThis[name] = window[name];
  }
}
