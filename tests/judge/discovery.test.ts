/** What is made of a search for the settings: its cost, what it tells of the clients, and where the password may go. */
import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/analyzers/context.ts';
import { costOf } from '#lib/analyzers/discovery/cost.ts';
import { factsOf } from '#lib/analyzers/discovery/facts.ts';
import { MethodNotes } from '#lib/analyzers/discovery/notes.ts';
import { Ground, type Search } from '#lib/analyzers/discovery/search.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { Trail } from '#lib/probes/judging/trail.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { Answer } from '#lib/result/events.ts';
import type { Args } from '#lib/result/message.ts';
import type { EndState, ResultNode } from '#lib/result/node.ts';

interface Parts {
  readonly status?: EndState;
  readonly codes?: readonly FindingCode[];
  readonly args?: Args;
  readonly at?: readonly [startedMs: number, elapsedMs: number];
  readonly children?: readonly ResultNode[];
}

function node(id: string, { status = 'passed', codes = [], args = {}, at = [0, 0], children = [] }: Parts): ResultNode {
  return {
    ...{ id, step: 'x', title: { key: 'run.title', args: {} }, status, startedMs: at[0], elapsedMs: at[1] },
    findings: codes.map((code) => ({ id: `${id}#${code}`, code, severity: catalogue[code].severity, args })),
    ...{ evidence: [], children },
  };
}

describe('the cost of a way that leads nowhere', () => {
  const silent = (code: FindingCode, elapsedMs: number): ResultNode =>
    node('find/srv', {
      at: [0, 60_000],
      children: [
        node('find/srv/lookup', { at: [0, 400] }),
        node('find/srv/redirect-1', {
          at: [400, 50_000],
          children: [
            node('find/srv/redirect-1/tcp', { codes: [code], args: { host: 'b.test' }, at: [400, elapsedMs] }),
          ],
        }),
      ],
    });

  test.each<FindingCode>(['tcp.timeout', 'tls.timeout', 'http.timeout', 'dns.lookup-timeout'])(
    'is what its steps took, where it ended with %s',
    (code) => {
      expect(costOf(silent(code, 20_000))).toEqual({
        code: 'autodiscover.slow-method-first',
        args: { host: 'b.test', waited: 20_400 },
      });
    },
  );

  test('is not worth a word where nobody waits for long, or where nobody was silent', () => {
    expect(costOf(silent('tcp.timeout', 4_599))).toBeNull();
    expect(costOf(silent('tcp.timeout', 4_600))).not.toBeNull();
    expect(costOf(silent('tcp.refused', 20_000))).toBeNull();
  });
});

describe('facts for the clients', () => {
  const document: SettingsDocument = {
    ...{ host: 'a.test', form: 'POX', urls: [], protocols: [], comparable: null, user: null },
    offers: [{ protocol: 'mapiHttp', address: 'https://a.test/mapi', outside: true }],
  };
  const search = (...children: ResultNode[]): ResultNode => node('find', { children });

  test('a way with a document works, and takes as long as a client goes it', () => {
    const notes = new MethodNotes('https-root', 'older-outlook');
    notes.host = 'a.test';
    notes.signIn = ['ntlm'];
    notes.channelBindingRequired = true;
    notes.documents.outlookPlain = document;
    notes.documents.soap = null;
    notes.missing.soap = ['autodiscover.no-soap'];
    notes.json = { document, urls: { Ews: 'https://a.test/ews' } };
    const at = (key: string, startedMs: number, elapsedMs: number): ResultNode =>
      node(`find/https-root/${key}`, { at: [startedMs, elapsedMs] });
    const branch = node('find/https-root', {
      at: [100, 9_000],
      children: [
        at('dns', 100, 50),
        at('windows', 200, 5_000),
        at('settings', 400, 100),
        node('find/https-root/formats', { at: [400, 8_000], children: [at('formats/soap', 400, 8_000)] }),
      ],
    });
    expect(factsOf([notes], search(branch), null).methods).toEqual([
      {
        ...{ method: 'https-root', host: 'a.test', outcome: 'works', because: [], felt: [], elapsedMs: 400 },
        ...{
          signIn: ['ntlm'],
          channelBindingRequired: true,
          asker: 'older-outlook',
          missing: { soap: ['autodiscover.no-soap'] },
        },
        documents: { outlookPlain: { offers: document.offers }, soap: null, json: { Ews: 'https://a.test/ews' } },
      },
    ]);
  });

  test.each<[string, readonly FindingCode[], string, readonly FindingCode[], readonly FindingCode[]]>([
    [
      'an error',
      ['tls.certificate-expired', 'tcp.one-address-fails'],
      'fails',
      ['tls.certificate-expired'],
      ['tls.certificate-expired'],
    ],
    ['what could not be tested', ['tool.not-tested'], 'not-tested', ['tool.not-tested'], []],
    ['a token that nobody gave', ['auth.password-not-usable'], 'not-tested', ['auth.password-not-usable'], []],
    ['an error beside what could not be tested', ['tool.not-tested', 'tcp.refused'], 'fails', ['tcp.refused'], []],
    ['nothing there', ['autodiscover.srv-not-found'], 'fails', [], []],
  ])('a way that ends with %s', (_name, codes, outcome, because, felt) => {
    const branch = node('find/srv', { status: 'failed', children: [node('find/srv/lookup', { codes })] });
    const [facts] = factsOf([new MethodNotes('srv', 'outlook')], search(branch), null).methods;
    expect(facts).toMatchObject({ outcome, because, felt, host: null, documents: {} });
  });

  test('a way that is not in the tree was not tried', () => {
    expect(factsOf([new MethodNotes('srv', 'outlook')], search(), null).methods).toEqual([]);
  });

  test('the cloud comes first: it has a door for those with a token, or it knows nothing', () => {
    const url = 'https://outlook.office365.com/autodiscover/autodiscover.xml';
    const cloud = (found: string | null) =>
      factsOf([], search(), { ok: true, node: 'cloud', value: { url: found } }).methods[0];
    expect(cloud(url)).toMatchObject({
      ...{ method: 'cloud', outcome: 'not-tested', signIn: ['bearer'] },
      documents: { json: { AutodiscoverV1: url } },
    });
    expect(cloud(null)).toMatchObject({ method: 'cloud', outcome: 'fails', signIn: [], documents: {} });
    const silent = factsOf([], search(), { ok: false, node: 'cloud', state: 'failed', codes: ['tcp.timeout'] });
    expect(silent.methods[0]).toMatchObject({ outcome: 'fails', because: ['tcp.timeout'] });
  });
});

describe('the ground of a search', () => {
  interface Agreed {
    readonly redirectTo?: readonly string[];
    readonly isBeaten?: boolean;
  }

  /** Answers every question in this way, and keeps what was asked: who sends, where there is somebody, and where to. */
  function asking(said: Answer, { redirectTo = [], isBeaten = false }: Agreed = {}) {
    const asked: string[] = [];
    const ground = new Ground('contoso.test');
    const scope = {
      ask: (_kind: string, hosts: readonly string[]) => {
        asked.push(hosts.join(' to '));
        return Promise.resolve(said);
      },
    } as Parameters<Ground['objectionTo']>[0];
    const search = (domain: string): Search => ({
      ...{ mailbox: `alice@${domain}`, domain, context: { redirectTo } as Context, ground },
      ...{ trail: Trail.of(`alice@${domain}`), again: () => Promise.reject(new Error('not here')) },
      isBeaten: async () => isBeaten,
    });
    const may = async (host: string, domain = 'contoso.test', from?: string) => {
      const objection = await ground.objectionTo(scope, host, search(domain), from);
      return objection === null ? 'yes' : objection.args.reason;
    };
    return { asked, may };
  }

  test('what belongs to the domain gets the password, and nobody is asked', async () => {
    const { may, asked } = asking('none');
    expect([await may('contoso.test'), await may('mail.eu.contoso.test')]).toEqual(['yes', 'yes']);
    expect(asked).toEqual([]);
  });

  test('what only ends alike, and the parent domain, are somebody else', async () => {
    const { may, asked } = asking('no');
    expect(await may('evilcontoso.test')).toMatch(/you did not want/);
    expect(await may('test')).toMatch(/you did not want/);
    expect(asked).toEqual(['evilcontoso.test', 'test']);
  });

  test('each name is asked about once, even at the same time', async () => {
    const { may, asked } = asking('yes');
    expect(await Promise.all([may('a.other.test'), may('a.other.test'), may('b.other.test')])).toEqual([
      'yes',
      'yes',
      'yes',
    ]);
    expect(asked).toEqual(['a.other.test', 'b.other.test']);
  });

  test('the domain of a mailbox that has moved is asked about as a whole', async () => {
    const { may, asked } = asking('yes');
    expect(await may('autodiscover.other.test', 'other.test')).toBe('yes');
    expect(await may('mail.other.test', 'other.test')).toBe('yes');
    expect(await may('mail.third.test', 'other.test')).toBe('yes');
    expect(asked).toEqual(['other.test', 'mail.third.test']);
  });

  test('what was agreed to beforehand is not asked about', async () => {
    const { may, asked } = asking('no', { redirectTo: ['other.test'] });
    expect(await may('mail.other.test')).toBe('yes');
    expect(await may('mail.another.test')).toMatch(/you did not want/);
    expect(asked).toEqual(['mail.another.test']);
  });

  test('whoever asks hears who sends clients there', async () => {
    const { may, asked } = asking('yes');
    await may('mail.other.test', 'contoso.test', 'autodiscover.contoso.test');
    expect(asked).toEqual(['autodiscover.contoso.test to mail.other.test']);
  });

  test('nobody is asked where a way before this one has led to the settings', async () => {
    const { may, asked } = asking('yes', { isBeaten: true });
    expect(await may('mail.other.test')).toMatch(/an earlier way/);
    expect(await may('contoso.test')).toBe('yes');
    expect(asked).toEqual([]);
  });

  test('nobody is asked for ever', async () => {
    const { may, asked } = asking('no');
    for (let at = 0; at < 8; at++) await may(`${at}.other.test`);
    expect(asked).toHaveLength(5);
    expect(await may('9.other.test')).toMatch(/nobody agreed/);
  });

  test('without an answer nothing goes there', async () => {
    expect(await asking('none').may('mail.other.test')).toMatch(/nobody agreed/);
  });

  test('a run asks two dozen servers, and each redirect has a key of its own', () => {
    const ground = new Ground('contoso.test');
    expect(Array.from({ length: 26 }, () => ground.takeEndpoint()).filter(Boolean)).toHaveLength(24);
    expect([ground.nextKey('a'), ground.nextKey('a'), ground.nextKey('b')]).toEqual([
      'redirect-1',
      'redirect-2',
      'redirect-1',
    ]);
  });
});
