/** A test as it was asked for: parsed, complete, without any secret. Web form and command line both end here. */
import type { RunHead } from '#lib/result/events.ts';
import type { Args } from '#lib/result/message.ts';
import { title } from '#lib/result/titles.ts';
import { ENGINE, RULES } from '#lib/result/version.ts';
import { type Field, parseHost, parseMailbox, parsePortField, parseUser } from './target.ts';

export type AnalyzerId = 'outlook' | 'tls';

export type TestRequest =
  | {
      readonly analyzer: 'outlook';
      readonly name: string;
      readonly mailbox: string;
      readonly domain: string;
      readonly user: string;
      readonly ignoreCertificateProblems: boolean;
    }
  | { readonly analyzer: 'tls'; readonly name: string; readonly host: string; readonly port: number };

export interface FieldError {
  readonly field: string;
  readonly message: string;
}

export type ParsedRequest =
  | { readonly ok: true; readonly request: TestRequest }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Parses the fields of a form or the options of a command.
 * @param values `email`, `username`, `ignoreCertificateProblems` for `outlook`; `host`, `port` for `tls`
 */
export function parseRequest(analyzer: string, values: Values): ParsedRequest {
  if (analyzer === 'outlook') return parseOutlook(values);
  if (analyzer === 'tls') return parseTls(values);
  return { ok: false, errors: [{ field: 'analyzer', message: `There is no test called "${analyzer.slice(0, 40)}".` }] };
}

function parseOutlook(values: Values): ParsedRequest {
  const mailbox = parseMailbox(values.email ?? '');
  const user = parseUser(values.username ?? '', mailbox.ok ? mailbox.value.address : '');
  if (!mailbox.ok || !user.ok) return { ok: false, errors: errorsOf({ email: mailbox, username: user }) };
  const { address, domain } = mailbox.value;
  const ignoreCertificateProblems = (values.ignoreCertificateProblems ?? '') !== '';
  return {
    ok: true,
    request: {
      analyzer: 'outlook',
      name: address,
      mailbox: address,
      domain,
      user: user.value,
      ignoreCertificateProblems,
    },
  };
}

function parseTls(values: Values): ParsedRequest {
  const host = parseHost(values.host ?? '');
  const port = parsePortField(values.port ?? '', 443);
  if (!host.ok || !port.ok) return { ok: false, errors: errorsOf({ host, port }) };
  return { ok: true, request: { analyzer: 'tls', name: host.value, host: host.value, port: port.value } };
}

function errorsOf(fields: Readonly<Record<string, Field<unknown>>>): FieldError[] {
  return Object.entries(fields).flatMap(([field, parsed]) => (parsed.ok ? [] : [{ field, message: parsed.message }]));
}

/** The first event of a run: what is known before the first packet. */
export function headOf(request: TestRequest, vantage: RunHead['vantage'], ahead: number): RunHead {
  return {
    engine: ENGINE,
    rules: RULES,
    analyzer: request.analyzer,
    startedAt: new Date().toISOString(),
    title: title('run.title', { target: request.name }),
    ...describeTarget(request),
    vantage,
    ahead,
  };
}

function describeTarget(request: TestRequest): { target: Args; options: Args } {
  const { name } = request;
  switch (request.analyzer) {
    case 'outlook': {
      const options: Args = request.ignoreCertificateProblems ? { ignoreCertificateProblems: 'yes' } : {};
      return { target: { name, email: request.mailbox, username: request.user }, options };
    }
    case 'tls':
      return { target: { name, host: request.host, port: String(request.port) }, options: {} };
  }
}
