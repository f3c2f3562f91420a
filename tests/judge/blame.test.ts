/** Which way to the settings is to blame when none worked. */
import { describe, expect, test } from 'vitest';
import { blame } from '#lib/analyzers/discovery/blame.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { type EndState, foldStates, type ResultNode } from '#lib/result/node.ts';

const STEPS = {
  'https-root': ['dns', 'tcp', 'tls', 'certificate', 'challenge', 'sign-in', 'settings'],
  'https-autodiscover': ['dns', 'tcp', 'tls', 'certificate', 'challenge', 'sign-in', 'settings'],
  'http-redirect': ['dns', 'tcp', 'redirect', 'redirect-1'],
  srv: ['lookup', 'redirect-1'],
} as const;
type Method = keyof typeof STEPS;

const leaf = (id: string, status: EndState, codes: FindingCode[] = []): ResultNode => ({
  id,
  step: 'x',
  title: { key: 'run.title', args: {} },
  status,
  startedMs: 0,
  elapsedMs: 0,
  findings: codes.map((code) => ({ id: `${id}#${code}`, code, severity: catalogue[code].severity, args: {} })),
  evidence: [],
  children: [],
});

/** A branch that went well up to a step and stopped there because of this. */
function branch(method: Method, at: string, code: FindingCode): ResultNode {
  const id = `autodiscover/${method}`;
  const steps: readonly string[] = STEPS[method];
  const stop = steps.indexOf(at);
  const stopped = catalogue[code].severity === 'error' ? 'failed' : 'skipped';
  const children = steps.map((step, index) => {
    const own = `${id}/${step}`;
    if (index === stop) return leaf(own, stopped, [code]);
    return leaf(own, index < stop ? 'passed' : 'skipped');
  });
  return { ...leaf(id, foldStates(children.map(({ status }) => status))), children };
}

type Stop = readonly [at: string, code: FindingCode];

const ROOT = 'https-root';
const HOST = 'https-autodiscover';
const HTTP = 'http-redirect';
const blamed = (stops: Partial<Record<Method, Stop>>) => {
  const branches = Object.entries(stops).map(([method, stop]) => branch(method as Method, ...stop));
  const decision = blame(branches, 'example.test');
  return 'finding' in decision ? decision.finding.code : decision.branches.map((id) => id.split('/')[1]);
};

const missing: Stop = ['dns', 'dns.host-not-found'];

describe('blame', () => {
  test.each<[string, Stop, Stop, string | string[]]>([
    [
      "a web site's 404 is nothing beside an expired certificate",
      ['challenge', 'http.not-found'],
      ['certificate', 'tls.certificate-expired'],
      [HOST],
    ],
    ["a web site's closed port neither", ['tcp', 'tcp.refused'], ['challenge', 'http.server-error'], [HOST]],
    [
      'nor its expired certificate, though it came further',
      ['certificate', 'tls.certificate-expired'],
      ['tcp', 'tcp.timeout'],
      [HOST],
    ],
    ['no name at either host', missing, missing, 'autodiscover.not-found'],
    [
      'a web site without Autodiscover, and no host for it',
      ['challenge', 'http.not-found'],
      missing,
      'autodiscover.not-found',
    ],
    ['a web page, and no host for it', ['challenge', 'http.unexpected-answer'], missing, 'autodiscover.not-found'],
    ['name servers that fail for both', ['dns', 'dns.lookup-failed'], ['dns', 'dns.lookup-failed'], [HOST]],
    ['name servers that fail for the domain only', ['dns', 'dns.lookup-failed'], missing, [ROOT]],
    ['a mail system at the domain itself', ['sign-in', 'auth.rejected'], missing, [ROOT]],
    [
      'a hosting panel at the domain, a broken host',
      ['sign-in', 'tool.not-tested'],
      ['tls', 'tls.handshake-failed'],
      [ROOT],
    ],
    ['a hosting panel alone', ['sign-in', 'tool.not-tested'], missing, [ROOT]],
    ['the same progress at both', ['sign-in', 'auth.rejected'], ['sign-in', 'auth.rejected'], [ROOT, HOST]],
    ['a host that says 404', ['challenge', 'http.not-found'], ['challenge', 'http.not-found'], [HOST]],
    ['a host whose port is closed', missing, ['tcp', 'tcp.refused'], [HOST]],
    ['a broken web site and no host', ['challenge', 'http.server-error'], missing, [ROOT]],
  ])('%s', (_name, root, host, expected) => {
    expect(blamed({ [ROOT]: root, [HOST]: host })).toEqual(expected);
  });

  const noRecord: Stop = ['lookup', 'autodiscover.srv-not-found'];
  const noRedirect: Stop = ['redirect', 'autodiscover.no-redirect'];
  const nothing = { [ROOT]: missing, [HOST]: missing, [HTTP]: ['dns', 'dns.host-not-found'], srv: noRecord } as const;

  test.each<[string, Partial<Record<Method, Stop>>, string | string[]]>([
    ['nothing anywhere', nothing, 'autodiscover.not-found'],
    ['a record that leads to a dead host', { ...nothing, srv: ['redirect-1', 'tcp.timeout'] }, ['srv']],
    [
      'a record that cannot be looked up',
      { ...nothing, srv: ['lookup', 'dns.lookup-failed'] },
      'autodiscover.not-found',
    ],
    [
      'a redirect that leads to an expired certificate, from a host that knows nothing else',
      { ...nothing, [HOST]: ['tcp', 'tcp.refused'], [HTTP]: ['redirect-1', 'tls.certificate-expired'] },
      [HTTP],
    ],
    [
      'a host whose port 80 only shows a page',
      { ...nothing, [HOST]: ['tls', 'tls.handshake-failed'], [HTTP]: noRedirect },
      [HOST],
    ],
    [
      'a web site of the domain that sends everybody on from port 80',
      { ...nothing, [ROOT]: ['challenge', 'http.unexpected-answer'], [HTTP]: noRedirect },
      'autodiscover.not-found',
    ],
    [
      'a record beside a host that came further',
      { ...nothing, [HOST]: ['sign-in', 'auth.rejected'], srv: ['redirect-1', 'tcp.timeout'] },
      [HOST],
    ],
  ])('%s', (_name, stops, expected) => {
    expect(blamed(stops)).toEqual(expected);
  });

  test('the finding about all of them names the domain and the hosts that were tried', () => {
    const decision = blame([branch(ROOT, ...missing), branch(HOST, ...missing)], 'example.test');
    expect(decision).toEqual({
      finding: {
        code: 'autodiscover.not-found',
        args: { domain: 'example.test', hosts: ['example.test', 'autodiscover.example.test'] },
      },
    });
  });

  test('a step of the same name below a redirect does not count for the way itself', () => {
    const far = branch(ROOT, ...missing);
    const below = {
      ...leaf(`${far.id}/redirect-1`, 'failed'),
      children: [leaf(`${far.id}/redirect-1/challenge`, 'passed')],
    };
    const decision = blame([{ ...far, children: [...far.children, below] }], 'example.test');
    expect(decision).toMatchObject({ finding: { code: 'autodiscover.not-found' } });
  });
});
