/** The lab's Autodiscover answers, read by exchangelib and by us. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { decodePoxResponse, type PoxProtocol, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { settingsOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { needs, output } from './foreign.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    port: 'any',
    worlds: ['healthy', 'healthy-classic', 'no-mapi-http', 'address-unknown', 'provider-error'],
  });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'exchangelib'));

const VALUES = ['Server', 'EwsUrl', 'ASUrl', 'AuthPackage'] as const;

interface Theirs {
  readonly user: { readonly displayName: string; readonly address: string };
  readonly protocols: readonly (Readonly<Record<(typeof VALUES)[number], string | null>> & {
    readonly type: string | null;
    readonly SSL: boolean | null;
  })[];
}

/** What each reads out of a world's answer. */
async function both<T>(world: string): Promise<{ theirs: T; ours: PoxResponse }> {
  const { body } = await settingsOf(lab, world);
  const program = fileURLToPath(new URL('read-autodiscover.py', import.meta.url));
  const theirs = JSON.parse(await output('/usr/bin/python3', [program], body));
  const ours = decodePoxResponse(Buffer.from(body));
  if (!ours.ok) throw new Error(ours.fault.reason);
  return { theirs, ours: ours.response };
}

function textOf({ rows }: PoxProtocol, name: string): string | null {
  return rows.find(({ path }) => path === name)?.value ?? null;
}

test.for(['healthy', 'healthy-classic', 'no-mapi-http'])('%s: the same settings', async (world) => {
  const { theirs, ours } = await both<Theirs>(world);
  if (ours.kind !== 'settings') throw new Error(ours.kind);
  expect(ours.displayName).toBe(theirs.user.displayName);
  // mapiHttp came after exchangelib's time: it knows no type that stands in an attribute.
  const known = ours.protocols.filter(({ type }) => type !== 'mapiHttp');
  expect(known.map(({ type }) => type)).toEqual(theirs.protocols.flatMap(({ type }) => type ?? []));
  for (const protocol of known) {
    const other = theirs.protocols.find(({ type }) => type === protocol.type);
    for (const name of VALUES) expect(textOf(protocol, name)?.toLowerCase(), name).toBe(other?.[name]?.toLowerCase());
    if (textOf(protocol, 'SSL') !== null) expect(textOf(protocol, 'SSL') === 'On').toBe(other?.SSL);
  }
});

test.for(['address-unknown', 'provider-error'])('%s: the same error', async (world) => {
  const { theirs, ours } = await both<{ error: { code: string; message: string } }>(world);
  if (ours.kind !== 'error') throw new Error(ours.kind);
  expect({ code: ours.number, message: ours.message }).toEqual({ ...theirs.error, code: String(theirs.error.code) });
});
