/**
 * Is the certificate the one that Outlook was told to expect (CertPrincipalName, `msstd:…`)? Outlook Anywhere compares the name with
 * the subject, letter by letter: `msstd:*.contoso.com` means the certificate whose common name is `*.contoso.com`, and no wildcard
 * stands for anything else. [MS-OXDSCLI] CertPrincipalName
 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { WireError } from '#lib/wire/error.ts';
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { valuesOf } from '#lib/wire/x509/name.ts';
import { alternativeNames, nameOf, nameText } from './judging/certificate-facts.ts';
import { readShown, type ShownCertificates } from './judging/shown.ts';
import { unreadable } from './judging/unreadable.ts';

export interface CertificatePrincipalInput extends Subject {
  readonly shown: ShownCertificates;
  /** With or without `msstd:`. */
  readonly principal: string;
}

export const certificatePrincipal: Probe<Net, CertificatePrincipalInput, ShownCertificates, void> = {
  id: 'certificate-principal',
  titles: {
    planned: () => title('certificate-principal.planned', {}),
    failed: () => title('certificate-principal.failed', {}),
  },
  emits: ['tls.mutual-auth-principal-mismatch', 'tls.mutual-auth-principal-in-san', 'tool.not-tested'],
  observe: async (_net, { shown }) => shown,
  judge: (shown, { host, principal }) => {
    const { leaf } = readShown(shown);
    if (leaf instanceof WireError) return unreadable('subject');
    const wanted = principal.replace(/^msstd:/i, '');
    const names = namesOf(leaf);
    if (!has([...names.common, ...names.alternative], wanted))
      return { ok: false, findings: [mismatch(host, wanted, names)] };
    const findings = has(names.common, wanted) ? [] : [onlyAlternative(host, wanted, leaf)];
    const passed = title('certificate-principal.passed', { principal: `msstd:${wanted}` });
    return { ok: true, value: undefined, title: passed, findings };
  },
};

interface Names {
  readonly common: readonly string[];
  readonly alternative: readonly string[];
}

const COMMON_NAME = '2.5.4.3';

function namesOf(leaf: Certificate): Names {
  const alternative = alternativeNames(leaf).flatMap((name) => nameText(name) ?? []);
  return { common: valuesOf(leaf.subject, COMMON_NAME), alternative };
}

const has = (names: readonly string[], wanted: string): boolean =>
  names.some((name) => name.toLowerCase() === wanted.toLowerCase());

function mismatch(host: string, wanted: string, { common, alternative }: Names): FindingDraft {
  const names = [...new Set([...common, ...alternative])].slice(0, 10).map((name) => name.slice(0, 253));
  return draft('tls.mutual-auth-principal-mismatch', { host, principal: `msstd:${wanted}`, names });
}

function onlyAlternative(host: string, wanted: string, leaf: Certificate): FindingDraft {
  return draft('tls.mutual-auth-principal-in-san', { host, principal: `msstd:${wanted}`, subject: nameOf(leaf) });
}
