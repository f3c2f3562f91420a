'use client';
/** What the TLS test asks: a host and a port. Nothing is sent there but the handshake. */
import { useActionState } from 'react';
import { ErrorSummary } from './error-summary.tsx';
import { Field } from './field.tsx';
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
      <div>
        <RunButton pending={pending} />
      </div>
    </form>
  );
}
