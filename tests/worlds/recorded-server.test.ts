/** The whole test of MAPI over HTTP against the recorded answers of an independent server: bytes that nobody here wrote open the mailbox. */
import { expect, type TestContext, test } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { text } from '#lib/result/text.ts';
import { mailServer } from '#tests/lab/hosts.ts';
import type { Handler, HttpRequest } from '#tests/lab/http/message.ts';
import { startLab } from '#tests/lab/lab.ts';
import { defineWorld } from '#tests/lab/world.ts';
import { recorded } from '#tests/wire/shared-fixtures.ts';
import { runWorld } from './run-world.ts';

const FILES: Readonly<Record<string, string>> = {
  Connect: 'emsmdb/01-connect',
  PING: 'emsmdb/02-ping',
  Disconnect: 'emsmdb/08-disconnect',
  Bind: 'nspi/01-bind',
  GetSpecialTable: 'nspi/02-getspecialtable',
  ResolveNames: 'nspi/03-resolvenames',
  DNToMId: 'nspi/04-dntomid',
  GetProps: 'nspi/07-getprops',
  GetAddressBookUrl: 'nspi/10-getaddressbookurl',
  Unbind: 'nspi/11-unbind',
};

/** Which answer a request got; those of one type are told apart by what they carry. */
function fileFor(type: string, body: Buffer): string {
  if (type === 'Execute') return body[18] === 0xfe ? 'emsmdb/03-execute-roplogon' : 'emsmdb/04-execute-folderlist';
  if (type === 'GetMailboxUrl')
    return body.includes(Buffer.from('Private MDB', 'utf16le'))
      ? 'nspi/13-getmailboxurl-mdb-dn'
      : 'nspi/09-getmailboxurl';
  return FILES[type] ?? '';
}

const headerOf = ({ headers }: HttpRequest, name: string): string | undefined =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];

const asRecorded =
  (context: TestContext): Handler =>
  (request) => {
    const type = headerOf(request, 'x-requesttype') ?? '';
    const file = type === 'NotificationWait' ? null : fileFor(type, request.body);
    if (request.method !== 'POST' || file === '') return { status: 404, headers: [], body: '' };
    const body =
      file === null
        ? Buffer.from('PROCESSING\r\nPENDING')
        : Buffer.from(recorded(context, `independent-server/mapi-http-${file}.response.bin`));
    return {
      status: 200,
      headers: [
        ['Content-Type', 'application/mapi-http'],
        ['X-RequestType', type.toLowerCase()],
        ['X-RequestId', headerOf(request, 'x-requestid') ?? ''],
        ['X-ResponseCode', '0'],
        ['X-ServerApplication', 'Exchange/15.00.0847.4040'],
        ['Set-Cookie', 'sid=1'],
        ['Set-Cookie', 'sequence=2'],
      ],
      body,
    };
  };

test('the mailbox opens, and every step passes', async (context) => {
  const world = defineWorld({
    name: 'recorded-server',
    title: 'A server that answers as another one did.',
    analyzer: 'mapi-http',
    server: (domain) => `https://autodiscover.${domain}/mapi/emsmdb/?MailboxId=recorded`,
    must: [],
    hosts: { autodiscover: mailServer({ mapi: asRecorded(context) }) },
  });
  const lab = await startLab({ port: 'any', worlds: [], beside: [world] });
  try {
    const { report } = await runWorld(lab.world('recorded-server'));
    const steps = [...walk(report.root)].filter(({ id }) => /^(mailbox|address-book)\//.test(id));
    expect(steps).toHaveLength(14);
    expect(steps.filter(({ status }) => status !== 'passed').map(({ id }) => id)).toEqual([]);
    const told = steps.map((step) => text(step.title));
    expect(told).toContain('The mailbox has 13 folders at its top');
    expect(told).toContain('The address book finds Alice Example');
    expect(report.root.findings).toEqual([]);
  } finally {
    await lab.stop();
  }
});
