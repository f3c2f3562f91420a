/** Every judge by its table; and no judge says more, or less, than its probe declares. */
import { describe, expect, test } from 'vitest';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { Table } from './table.ts';
import { certificateChainTable } from './tables/certificate-chain.ts';
import { certificateDatesTable } from './tables/certificate-dates.ts';
import { certificateNameTable } from './tables/certificate-name.ts';
import { certificateRevocationTable } from './tables/certificate-revocation.ts';
import { certificateRulesTable } from './tables/certificate-rules.ts';
import { certificateTrustTable } from './tables/certificate-trust.ts';
import { dnsTable, tcpTable, tlsTable } from './tables/connections.ts';
import { challengeTable, serviceChallengeTable } from './tables/http.ts';
import { certificateKeyTable, clientCertificateTable, lockedFileTable } from './tables/locked-file.ts';
import {
  mapiAffinityTable,
  mapiConnectTable,
  mapiDisconnectTable,
  mapiFoldersTable,
  mapiLogonTable,
  mapiOfferTable,
  mapiResponseTimesTable,
  mapiServerTable,
  mapiWaitTable,
} from './tables/mapi.ts';
import {
  bearerChallengeTable,
  deviceCodeTable,
  deviceTokenTable,
  openidConfigurationTable,
  tokenClaimsTable,
  tokenSignInTable,
} from './tables/modern-sign-in.ts';
import {
  nspiBindTable,
  nspiPersonTable,
  nspiResolveTable,
  nspiTablesTable,
  nspiUnbindTable,
  nspiUrlsTable,
} from './tables/nspi.ts';
import { httpRedirectTable, redirectTable, srvTable } from './tables/onward.ts';
import {
  clientsTable,
  cloudTable,
  comparisonTable,
  jsonTable,
  newerTable,
  olderTable,
  phoneTable,
  soapTable,
} from './tables/other-forms.ts';
import {
  rpcAddressBookTable,
  rpcEncryptionTable,
  rpcEndpointTable,
  rpcMailboxTable,
  rpcOfferTable,
  rpcPlainHttpTable,
  rpcProxyTable,
  rpcReferralTable,
} from './tables/rpc.ts';
import { settingsTable } from './tables/settings.ts';
import { channelBindingTable, signInTable, windowsChallengeTable } from './tables/sign-in.ts';
import { greetingTable, principalTable, surveyTable } from './tables/survey.ts';

const tables: readonly Table[] = [
  dnsTable,
  tcpTable,
  tlsTable,
  surveyTable,
  greetingTable,
  principalTable,
  certificateNameTable,
  certificateDatesTable,
  certificateRevocationTable,
  certificateChainTable,
  certificateTrustTable,
  certificateRulesTable,
  lockedFileTable,
  clientCertificateTable,
  certificateKeyTable,
  challengeTable,
  serviceChallengeTable,
  windowsChallengeTable,
  signInTable,
  channelBindingTable,
  bearerChallengeTable,
  openidConfigurationTable,
  deviceCodeTable,
  deviceTokenTable,
  tokenClaimsTable,
  tokenSignInTable,
  httpRedirectTable,
  srvTable,
  redirectTable,
  settingsTable,
  olderTable,
  newerTable,
  phoneTable,
  soapTable,
  jsonTable,
  cloudTable,
  comparisonTable,
  clientsTable,
  mapiOfferTable,
  mapiConnectTable,
  mapiLogonTable,
  mapiFoldersTable,
  mapiAffinityTable,
  mapiWaitTable,
  mapiResponseTimesTable,
  mapiDisconnectTable,
  mapiServerTable,
  nspiBindTable,
  nspiTablesTable,
  nspiResolveTable,
  nspiPersonTable,
  nspiUrlsTable,
  nspiUnbindTable,
  rpcOfferTable,
  rpcProxyTable,
  rpcPlainHttpTable,
  rpcEndpointTable,
  rpcReferralTable,
  rpcAddressBookTable,
  rpcMailboxTable,
  rpcEncryptionTable,
];

describe.each(tables.map((each) => [each.probe.id, each] as const))('%s', (_id, { probe, cases, never }) => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_name, { judge, codes, ok, args }) => {
    const judgement = judge();
    const findings = judgement.findings ?? [];
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(judgement.ok).toBe(ok);
    if (findings[0] !== undefined) expect(findings[0].args).toMatchObject(args);
  });

  // A probe declares all that its code could draft, which is compared elsewhere; a judge that many share may know a code to which nothing
  // leads from here. Such a code is named beside the table, with the reason; one that a row gives all the same has no excuse.
  test('may say exactly what its table shows', () => {
    const seen = new Set(cases.flatMap(({ codes }) => codes));
    const excused = Object.keys(never);
    expect(excused.filter((code) => seen.has(code as FindingCode))).toEqual([]);
    expect([...seen, ...excused].toSorted()).toEqual([...probe.emits].toSorted());
  });

  test('departs from a default severity only where the catalogue has a rule for it', () => {
    for (const { code, severity } of cases.flatMap(({ judge }) => judge().findings ?? [])) {
      const allowed = [catalogue[code].severity, ...Object.keys(catalogue[code].mayBe)];
      expect(allowed, code).toContain(severity ?? catalogue[code].severity);
    }
  });

  test('gives each finding the arguments of its sentence', () => {
    for (const { code, args } of cases.flatMap(({ judge }) => judge().findings ?? [])) {
      expect(Object.keys(args).toSorted(), code).toEqual(Object.keys(catalogue[code].args).toSorted());
    }
  });
});
