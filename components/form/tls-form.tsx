'use client';
/** What the TLS test asks: a host and a port. No password is sent there. */
import { useActionState } from 'react';
import { asksForClientCertificate, ClientCertificateFields } from './client-certificate-fields.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { Field, TextField } from './field.tsx';
import { RunButton } from './run-button.tsx';
import { errorOf, type FormAction, type FormState } from './state.ts';

const form = 'tls';

export function TlsForm({ action, initial }: { action: FormAction; initial: FormState }) {
  const [state, submit, pending] = useActionState(action, initial);
  return (
    <form action={submit} className="grid gap-5" aria-label="TLS test">
      <input type="hidden" name="analyzer" value="tls" />
      <ErrorSummary state={state} id={form} />
      <Field
        form={form}
        name="host"
        label="Host"
        hint="The name that clients connect to, such as mail.contoso.example."
        error={errorOf(state, 'host')}
        required
        maxLength={253}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.values.host ?? ''}
        className="min-h-12 text-lg"
      />
      <Field
        form={form}
        name="port"
        label="Port"
        hint="443 for everything that Outlook does."
        error={errorOf(state, 'port')}
        type="number"
        required
        min={1}
        max={65535}
        defaultValue={state.values.port ?? '443'}
        className="max-w-32 tabular-nums"
      />
      <Advanced state={state} />
      <div>
        <RunButton pending={pending} />
      </div>
    </form>
  );
}

const ADVANCED = ['principal', 'pins'];

function Advanced({ state }: { state: FormState }) {
  const value = (name: string): string => state.values[name] ?? '';
  const used = ADVANCED.some((name) => value(name) !== '' || errorOf(state, name) !== undefined);
  return (
    <details open={used || asksForClientCertificate(state)} className="rounded-md border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">Advanced settings</summary>
      <div className="mt-3 grid gap-5">
        <Field
          form={form}
          name="principal"
          label="Principal name that Outlook expects"
          hint="CertPrincipalName of the settings, such as msstd:mail.contoso.example. Empty means that it is not compared."
          error={errorOf(state, 'principal')}
          maxLength={260}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={value('principal')}
        />
        <TextField
          form={form}
          name="pins"
          label="Fingerprints seen from elsewhere"
          hint="SHA-256 of the certificate or of an issuer, one in each line. If none of them is seen here, something in between may open the encryption."
          error={errorOf(state, 'pins')}
          rows={2}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={value('pins')}
          className="font-mono text-[0.8125rem]"
        />
        <ClientCertificateFields form={form} state={state} />
      </div>
    </details>
  );
}
