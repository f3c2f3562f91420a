/** Our client against the lab's mailbox server, which shares no code with it: a whole session, and what it costs in sign-ins. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import { Net } from '#lib/net/door.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import { folderRequests, foldersIn } from '#lib/probes/judging/folders.ts';
import { logonRequests } from '#lib/probes/judging/logon.ts';
import { MapiContext } from '#lib/sessions/mapi-http/context.ts';
import { sendRops } from '#lib/sessions/mapi-http/execute.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import {
  decodeConnectResponse,
  decodeDisconnectResponse,
  encodeConnectRequest,
  encodeDisconnectRequest,
} from '#lib/wire/mapi-http/mailbox.ts';
import { mailHost } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { mailboxId, USER_DN } from '#tests/lab/store/owner.ts';
import { never } from '#tests/net/servers.ts';

const WORLDS = ['healthy-mapi-http', 'healthy-mapi-ntlm', 'mapi-compressed', 'mapi-late-failure', 'mapi-cookies-lost'];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

async function contextIn(world: string, scheme: 'Basic' | 'NTLM' = 'Basic'): Promise<MapiContext> {
  const parsed = profileFromArguments(lab.options);
  if (!parsed.ok) throw new Error(parsed.error);
  const { username: user, email } = lab.world(world);
  const password = Secret.of(lab.world(world).password);
  const net = new Net(parsed.profile, scrubber(user, password));
  onTestFinished(() => net.close());
  const host = mailHost(world);
  const session = await net.handshake(await net.dial(await net.resolve(host, 443, never), 443, never), never);
  const method: SignInMethod =
    scheme === 'Basic'
      ? { scheme, user, password }
      : { ...{ scheme, wrapping: 'bare', user, password, binding: 'right' }, hide: () => undefined };
  const path = `/mapi/emsmdb/?MailboxId=${mailboxId({ domain: `${world}.lab.test` })}`;
  const way = { session, accept: () => false };
  const context = new MapiContext(net, {
    host,
    path,
    way,
    method,
    mailbox: email,
    application: 'Outlook/16.0.4266.1001',
  });
  onTestFinished(() => context.close());
  return context;
}

const request = { userDn: USER_DN, flags: 0, codePage: 0x4e4, sortLocale: 0x409, stringLocale: 0x409 };
const connect = {
  type: 'Connect',
  encode: (trace: Parameters<typeof encodeConnectRequest>[1]) =>
    encodeConnectRequest(request, trace) ?? new Uint8Array(),
  decode: decodeConnectResponse,
} as const;
const disconnect = { type: 'Disconnect', encode: encodeDisconnectRequest, decode: decodeDisconnectResponse } as const;

async function throughTheMailbox(context: MapiContext): Promise<readonly string[]> {
  const connected = await context.send(connect, never);
  expect(connected.outcome).toMatchObject({ kind: 'answered', value: { errorCode: 0, displayName: 'Alice Example' } });
  const logon = await sendRops(context, logonRequests(USER_DN), never);
  if (logon.outcome.kind !== 'answered' || logon.outcome.value.kind !== 'answered') throw new Error('no logon');
  const [block] = logon.outcome.value.rops;
  const [reply] = block?.replies ?? [];
  if (reply?.kind !== 'private-logon') throw new Error('no mailbox');
  const opened = {
    handle: block?.handles[0] ?? 0,
    mailboxGuid: reply.mailboxGuid,
    ipmSubtree: reply.folders.ipmSubtree,
  };
  const listed = await sendRops(context, folderRequests(opened), never);
  if (listed.outcome.kind !== 'answered' || listed.outcome.value.kind !== 'answered') throw new Error('no folders');
  const other = context.onAnotherConnection();
  expect((await ping(other, never)).outcome.kind).toBe('answered');
  await other.close();
  expect((await context.send(disconnect, never)).outcome.kind).toBe('answered');
  const folders = foldersIn(listed.outcome.value.rops);
  return typeof folders === 'number' ? [] : folders.map(({ name }) => name);
}

describe('a whole session', () => {
  test('with a password in every request', async () => {
    const context = await contextIn('healthy-mapi-http');
    expect(await throughTheMailbox(context)).toContain('Inbox');
    expect(context.connections).toBe(1);
    expect(context.cookies.names).toEqual(expect.arrayContaining(['MapiContext', 'MapiSequence']));
    expect(lab.counts('healthy-mapi-http')).toMatchObject({ passwords: { [mailHost('healthy-mapi-http')]: 5 } });
  });

  test('with NTLM, signed in once for each connection and not for each request', async () => {
    const context = await contextIn('healthy-mapi-ntlm', 'NTLM');
    expect(await throughTheMailbox(context)).toContain('Inbox');
    expect(lab.counts('healthy-mapi-ntlm')).toMatchObject({
      ntlmResponses: { [mailHost('healthy-mapi-ntlm')]: 2 },
      ...{ refusalsBeforeProof: 0, deliberateRefusals: 0 },
    });
  });

  test('through somebody who packs what passes', async () => {
    const context = await contextIn('mapi-compressed');
    expect(await throughTheMailbox(context)).toContain('Inbox');
  });

  test('leaves nothing in its evidence with which somebody could sign in', async () => {
    const context = await contextIn('healthy-mapi-http');
    await context.send(connect, never);
    const { password } = lab.world('healthy-mapi-http');
    const evidence = JSON.stringify(context.takeMessages());
    for (const form of ['utf8', 'utf16le', 'base64'] as const)
      expect(evidence).not.toContain(form === 'base64' ? Buffer.from(password).toString(form) : password);
    expect(context.takeMessages()).toBeNull();
  });
});

test('a failure that is told only behind DONE is one', async () => {
  const { outcome } = await (await contextIn('mapi-late-failure')).send(connect, never);
  expect(outcome).toMatchObject({ kind: 'code', code: 1 });
});

test('a session whose cookies nobody lets pass ends with the second request', async () => {
  const context = await contextIn('mapi-cookies-lost');
  expect((await context.send(connect, never)).outcome.kind).toBe('answered');
  expect((await sendRops(context, logonRequests(USER_DN), never)).outcome).toMatchObject({ kind: 'code', code: 13 });
});
