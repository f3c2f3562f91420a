import { certificateDates } from '#lib/probes/certificate-dates.ts';
import type { CertificateInput, ShownCertificates } from '#lib/probes/judging/shown.ts';
import { commonKey, DAY, make, NOW, shown } from '../certificates.ts';
import { type Row, SUBJECT, table } from '../table.ts';

const broken = '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----\n';
const NO_CLOCK = { args: { clock: '' } };
const CLOCK = { args: { clock: '; by the clock of the server it is valid now, so one of the two clocks is wrong' } };
const FROM = NOW - 10 * DAY;
const lifeOf = (days: number): ShownCertificates =>
  shown([make({ key: commonKey(), from: FROM, to: FROM + days * DAY })]);
const [quarter, year] = [lifeOf(90), lifeOf(365)];
const endOf = (days: number): number => FROM + days * DAY;
const iso = (time: number): string => new Date(time).toISOString();

type Seen = { readonly shown: ShownCertificates; readonly serverTime: number | null };
type DatesRow = Row<Seen, CertificateInput>;

const at = (
  name: string,
  seen: ShownCertificates,
  now: number,
  codes: DatesRow[2],
  more: DatesRow[3] = {},
  serverTime: number | null = null,
): DatesRow => [name, { shown: seen, serverTime }, codes, { input: { now }, ...more }];

const soon = (days: number, notAfter: number) => ({ ok: true, args: { days, notAfter: iso(notAfter) } });

export const certificateDatesTable = table(certificateDates, { ...SUBJECT, shown: year, now: NOW }, [
  at('in its first second', year, FROM, []),
  at('a moment before its first second', year, FROM - 1, ['tls.certificate-not-yet-valid'], {
    args: { notBefore: iso(FROM) },
  }),
  at('in its last second', year, endOf(365), ['tls.certificate-expires-soon'], soon(0, endOf(365))),
  at('in the middle of its last second', year, endOf(365) + 999, ['tls.certificate-expires-soon'], { ok: true }),
  at('after its last second', year, endOf(365) + 1_000, ['tls.certificate-expired'], {
    args: { days: 0, notAfter: iso(endOf(365)) },
  }),
  at('three days after', year, endOf(365) + 3 * DAY, ['tls.certificate-expired'], { args: { days: 3 } }),
  // Soon is within thirty days and within the last quarter of its life; both must hold.
  at(
    'a year long, thirty days left',
    year,
    endOf(365) - 30 * DAY,
    ['tls.certificate-expires-soon'],
    soon(30, endOf(365)),
  ),
  at('a year long, a moment more than thirty days left', year, endOf(365) - 30 * DAY - 1, []),
  at(
    'ninety days long, a quarter left',
    quarter,
    endOf(90) - 22.5 * DAY,
    ['tls.certificate-expires-soon'],
    soon(22, endOf(90)),
  ),
  at('ninety days long, a moment more than a quarter left', quarter, endOf(90) - 22.5 * DAY - 1, []),
  [
    'a certificate that cannot be read',
    { shown: { chain: [broken], roots: [] }, serverTime: null },
    ['tool.not-tested'],
  ],
  // The server's own clock, where it does not agree with ours.
  at(
    'valid tomorrow, and the server says so too',
    year,
    FROM - DAY,
    ['tls.certificate-not-yet-valid'],
    NO_CLOCK,
    FROM - DAY,
  ),
  at('valid tomorrow, and for the server today', year, FROM - DAY, ['tls.certificate-not-yet-valid'], CLOCK, FROM),
  at(
    'expired yesterday, and for the server still valid',
    year,
    endOf(366),
    ['tls.certificate-expired'],
    CLOCK,
    endOf(364),
  ),
]);
