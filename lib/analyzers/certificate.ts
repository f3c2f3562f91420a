/** Check before you install: a certificate and its chain out of files, judged like one that a server shows. */
import type { LockedFile } from '#lib/auth/secret.ts';
import type { Net } from '#lib/net/door.ts';
import { certificateKey } from '#lib/probes/certificate-key.ts';
import { givenName } from '#lib/probes/judging/given.ts';
import { lockedFile, type OpenedCertificates } from '#lib/probes/locked-file.ts';
import { draft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { CertificateRequest, GivenRoots } from './certificate-request.ts';
import { judgeCertificate, planCertificate as planJudgement } from './certificate-steps.ts';
import type { Context, TrustLists } from './context.ts';
import { planGroup, planStep } from './plan.ts';

/** Where no server is asked the port says nothing; it is the one on which mail clients will meet the certificate. */
const subjectOf = (host: string): Subject => ({ host, port: 443 });

/** The plan of the test. */
export function planCertificate({ name, hosts, chain }: CertificateRequest): PlannedNode[] {
  const subject = subjectOf(name);
  const opening = [planStep(lockedFile, subject, 'open'), planStep(certificateKey, subject, 'key')];
  const judgement = planJudgement(subject, hosts.map(subjectOf));
  const steps = [...(chain === null ? opening : []), ...judgement];
  return [planGroup('certificate', title('certificate.title', { host: name }), steps)];
}

const KEY_BESIDE = {
  what: 'The private key beside the certificate',
  reason: 'whether the two belong together is checked in a PKCS #12 file (.pfx, .p12) only',
};

/** Runs the test. */
export function certificate(
  scope: Scope<Net>,
  request: CertificateRequest,
  context: Context,
): Promise<StepResult<unknown>> {
  return scope.group('certificate', async (group) => {
    if (request.keyBeside) group.found(draft('tool.not-tested', KEY_BESIDE));
    if (request.chain !== null) return judge(group, request.chain, request, context);
    if (context.file === null) throw new Error('the file with the certificate did not arrive');
    return openAndJudge(group, context.file, request, context);
  });
}

async function openAndJudge(
  group: Scope<Net>,
  file: LockedFile,
  request: CertificateRequest,
  context: Context,
): Promise<StepResult<unknown>> {
  const opened = await group.step(lockedFile, { ...subjectOf(request.name), file }, 'open');
  if (!opened.ok) return opened;
  const key = await group.step(certificateKey, keyInput(opened.value, request), 'key');
  const judged = await judge(group, opened.value.chain, request, context);
  return key.ok ? judged : key;
}

function keyInput({ chain, key }: OpenedCertificates, request: CertificateRequest) {
  const host = hostFor(request, chain);
  return { ...subjectOf(host), name: givenName(chain[0] ?? '') ?? host, key };
}

/** All that can be said of the certificate is said at once, whatever its key is like. */
function judge(
  group: Scope<Net>,
  chain: readonly string[],
  request: CertificateRequest,
  context: Context,
): Promise<StepResult<unknown>> {
  const { hosts, intermediates, roots, at, usage, fetch } = request;
  const input = {
    ...subjectOf(hostFor(request, chain)),
    shown: { chain: [...chain, ...beyond(intermediates, chain)], roots: rootsFor(roots, context.trust) },
    now: at ?? context.now(),
    usage,
    fetchIssuers: fetch,
    strict: true,
    stapledOcsp: null,
    // What was revoked when cannot be asked for another moment than this one.
    askRevocation: fetch && at === null,
  };
  return judgeCertificate(group, input, hosts.map(subjectOf));
}

/** What is not in the leaf's own file already: nobody sends a certificate twice because it was given twice. */
function beyond(intermediates: readonly string[], chain: readonly string[]): string[] {
  const plain = (pem: string): string => pem.replaceAll(/\s/g, '');
  const known = new Set(chain.map(plain));
  return intermediates.filter((pem) => !known.has(plain(pem)));
}

/** What sentences call it: the first host, else the leaf's own name. */
function hostFor({ hosts, name }: CertificateRequest, [leaf = '']: readonly string[]): string {
  return hosts[0] ?? givenName(leaf) ?? name;
}

/** The lists themselves where nothing is added to them: what was decoded of them once serves every run. */
function rootsFor({ list, given }: GivenRoots, { usual, public: listed }: TrustLists): readonly string[] {
  const base = { usual, public: listed, given: [] }[list];
  return given.length === 0 ? base : [...base, ...given];
}
