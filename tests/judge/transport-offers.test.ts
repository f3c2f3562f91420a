/** What the settings say of the transports, as the steps behind take it; and what an answer at the mailbox says of a sign-in. */
import { describe, expect, test } from 'vitest';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import { proofAtMailbox } from '#lib/probes/judging/service-proof.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { mapiOffer } from '#lib/probes/mapi-offer.ts';
import { rpcOffer } from '#lib/probes/rpc-offer.ts';
import { documentWith, exch, mapi, rpc } from './documents.ts';
import { answer, HOST, SUBJECT } from './table.ts';

const user = { displayName: 'Alice Example', legacyDn: '/o=x/cn=alice' };
const unnamed = { ...documentWith(), user: null };

describe('MAPI over HTTP', () => {
  const offered = (...documents: SettingsDocument[]) => {
    const judged = mapiOffer.judge(null, { ...SUBJECT, mailbox: 'alice@example.test', documents, isWanted: false });
    return judged.ok ? judged.value : (judged.findings ?? []).map(({ code, severity }) => `${code} ${severity}`);
  };
  const urls = (host: string) => ({ mailbox: `${host}/mapi/emsmdb/`, addressBook: `${host}/mapi/nspi/` });

  test('is opened at the addresses for outside, by the name that the settings give the mailbox', () => {
    const both = mapi({ outside: 'https://out.example.test', inside: 'https://in.example.test' });
    expect(offered(unnamed, { ...documentWith(both), user })).toEqual({
      ...{ urls: urls('https://out.example.test'), dn: '/o=x/cn=alice', displayName: 'Alice Example' },
    });
  });

  test('is opened at an address for inside only where there is no other', () => {
    expect(offered(documentWith(mapi({ inside: `https://${HOST}` })))).toMatchObject({ urls: urls(`https://${HOST}`) });
  });

  test('has its address book beside the mailbox where nobody says where it is', () => {
    const alone = mapi().replace(/<AddressBook>.*<\/AddressBook>/, '');
    expect(offered(documentWith(alone))).toMatchObject({ urls: urls(`https://${HOST}`) });
  });

  test('is missed the more where nothing else is there', () => {
    expect(offered(documentWith(rpc('EXPR', HOST)))).toEqual(['mapi.not-offered undefined']);
    expect(offered(documentWith(exch()))).toEqual(['mapi.not-offered error']);
  });
});

describe('RPC over HTTP', () => {
  const nothing = { server: null, principal: null };
  const offered = (
    documents: readonly SettingsDocument[],
    typed: { server: string | null; principal: string | null },
  ) => {
    const client = { name: 'Outlook 2010', isOnlyWay: true };
    const judged = rpcOffer.judge(null, { ...SUBJECT, documents, client, typed });
    return judged.ok ? judged.value : null;
  };
  const secured = (principal: string): string =>
    rpc(
      'EXPR',
      'OUT.Example.Test',
      `<AuthPackage>Ntlm</AuthPackage><CertPrincipalName>${principal}</CertPrincipalName>`,
    );
  const inside = exch('<MdbDN>/cn=db</MdbDN><ServerDN>/cn=server</ServerDN>');

  test('goes through the proxy of EXPR to the server of EXCH', () => {
    const document = { ...documentWith(rpc('EXHTTP', HOST), secured('msstd:out.example.test'), inside), user };
    expect(offered([document], nothing)).toEqual({
      ...{ proxy: 'out.example.test', server: 'b1946ac9@example.test', principal: 'msstd:out.example.test' },
      ...{ promised: 'Ntlm', dn: '/o=x/cn=alice', serverDn: '/cn=db', isOld: false },
    });
  });

  test('goes to what was typed in before all that the settings say', () => {
    const typed = { server: 'ex01.example.test', principal: 'msstd:typed' };
    expect(offered([documentWith(secured('msstd:out'), inside)], typed)).toMatchObject(typed);
  });

  test('goes to the proxy itself where no server is named, and compares no certificate where it need not', () => {
    expect(offered([documentWith(secured('none'))], nothing)).toMatchObject({
      ...{ server: 'OUT.Example.Test', principal: null, serverDn: null, dn: null },
    });
  });

  test.each<[version: string, isOld: boolean]>([
    ['738180DA', true],
    ['73C18486', false],
  ])('at a server of version %s: an old one is %s', (version, isOld) => {
    const old = exch(`<ServerVersion>${version}</ServerVersion>`);
    expect(offered([documentWith(rpc('EXPR', HOST), old)], nothing)).toMatchObject({ isOld });
  });
});

test.each<[name: string, HttpAnswer, 'proven' | 'refused' | 'unknown']>([
  ['the protocol itself', answer({ headers: [['Content-Type', 'application/mapi-http']] }), 'proven'],
  ['the other one', answer({ headers: [['content-type', 'application/rpc']], body: 'x' }), 'proven'],
  ['a code, on whatever page', answer({ headers: [['X-ResponseCode', '6']], body: '<html>' }), 'proven'],
  ['nothing, which is what a proxy says to a glance', answer(), 'proven'],
  ['a refusal', answer({ status: 401 }), 'refused'],
  ['a page', answer({ body: '<html>' }), 'refused'],
  ['a redirect', answer({ status: 302 }), 'refused'],
  ['no such mailbox', answer({ status: 404 }), 'proven'],
  ['forbidden', answer({ status: 403 }), 'proven'],
  ['out of order', answer({ status: 503, headers: [['Content-Type', 'application/rpc']] }), 'unknown'],
])('%s shows what became of the sign-in', (_name, seen, proof) => {
  expect(proofAtMailbox(seen)).toBe(proof);
});
