/** Which of the Autodiscover hosts is to blame when none worked. */
import { describe, expect, test } from 'vitest';
import { blame } from '#lib/analyzers/blame.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { type EndState, foldStates, type ResultNode } from '#lib/result/node.ts';

const STEPS = ['dns', 'tcp', 'tls', 'certificate', 'challenge', 'sign-in', 'settings'] as const;
type Step = (typeof STEPS)[number];

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
function branch(key: string, at: Step, code: FindingCode): ResultNode {
  const id = `autodiscover/${key}`;
  const stop = STEPS.indexOf(at);
  const stopped = catalogue[code].severity === 'error' ? 'failed' : 'skipped';
  const children = STEPS.map((step, index) => {
    const own = `${id}/${step}`;
    if (index === stop) return leaf(own, stopped, [code]);
    return leaf(own, index < stop ? 'passed' : 'skipped');
  });
  return { ...leaf(id, foldStates(children.map(({ status }) => status))), children };
}

const ROOT = 'https-root';
const HOST = 'https-autodiscover';
const hosts = ['example.test', 'autodiscover.example.test'];
const blamed = (root: [Step, FindingCode], host: [Step, FindingCode]) => {
  const decision = blame([branch(ROOT, ...root), branch(HOST, ...host)], 'example.test', hosts);
  return 'finding' in decision ? decision.finding.code : decision.branches.map((id) => id.split('/')[1]);
};

const missing: [Step, FindingCode] = ['dns', 'dns.host-not-found'];

describe('blame', () => {
  test.each<[string, [Step, FindingCode], [Step, FindingCode], string | string[]]>([
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
    expect(blamed(root, host)).toEqual(expected);
  });

  test('the finding about all of them names the domain and every host that was tried', () => {
    const decision = blame([branch(ROOT, ...missing), branch(HOST, ...missing)], 'example.test', hosts);
    expect(decision).toEqual({
      finding: { code: 'autodiscover.not-found', args: { domain: 'example.test', hosts } },
    });
  });
});
