/** How much JavaScript the first visit of each page costs. */
import { gzipSync } from 'node:zlib';
import type { FormClient } from '#tests/web/form-client.ts';
import { kib, type Line, type Part } from './numbers.ts';

/** What every page shall stay below, and what an empty page of the framework already costs. */
const AIM = 150 * 1024;
const FLOOR = 132 * 1024;

/** @param result the path of a result */
export async function measureWeight(client: FormClient, result: string): Promise<Part> {
  const pages = ['/', '/test/outlook', '/test/tls', '/findings', '/findings/tls.certificate-expired', result];
  const lines: Line[] = [];
  for (const page of pages) lines.push(await measurePage(client, page, page === result ? '/run/…' : page));
  return { title: `First-load JavaScript, gzip (aim ${kib(AIM)} or less)`, lines };
}

async function measurePage(client: FormClient, page: string, shown: string): Promise<Line> {
  const scripts = scriptsOf(await client.get(page));
  if (scripts.length === 0) throw new Error(`${page} loads no script`);
  const texts = await Promise.all(scripts.map((script) => client.get(script)));
  const bytes = texts.reduce((sum, text) => sum + gzipSync(text).length, 0);
  const note = `${scripts.length} files; ${kib(bytes - FLOOR)} above the framework's floor`;
  return { what: `\`${shown}\``, value: kib(bytes), note: bytes > AIM ? `**above the aim**; ${note}` : note };
}

/** Scripts that a browser of today loads: what is marked `nomodule` is for others. */
function scriptsOf(html: string): string[] {
  const tags = [...html.matchAll(/<script([^>]*)>/gi)].map(([, attributes = '']) => attributes);
  const ours = tags.filter((attributes) => !/\bnomodule\b/i.test(attributes));
  return [
    ...new Set(ours.flatMap((attributes) => /src="(\/_next\/static\/[^"]+\.js[^"]*)"/.exec(attributes)?.[1] ?? [])),
  ];
}
