'use client';
/** What the certificate test asks: the certificate as a file or as text, and the names that it is meant for. */
import { useActionState } from 'react';
import { Checkbox } from './checkbox.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { boxProps, Field, Question, TextField } from './field.tsx';
import { FileOrText, LOCKED_FILES } from './file-field.tsx';
import { RunButton } from './run-button.tsx';
import { errorOf, type FormAction, type FormState } from './state.ts';

const form = 'certificate';

/** Some systems know the ending, some the type. */
const CERTIFICATES =
  '.pem,.crt,.cer,.der,.p7b,.p7c,application/x-x509-ca-cert,application/pkix-cert,application/x-pkcs7-certificates';

export function CertificateForm({ action, initial }: { action: FormAction; initial: FormState }) {
  const [state, submit, pending] = useActionState(action, initial);
  return (
    <form action={submit} className="grid gap-5" aria-label="Certificate test">
      <input type="hidden" name="analyzer" value="certificate" />
      <ErrorSummary state={state} id={form} />
      <FileOrText
        form={form}
        name="certificate"
        label="Certificate file"
        hint="PEM, DER (.crt, .cer), PKCS #7 (.p7b) or PKCS #12 (.pfx, .p12); with its chain, if that is in the same file."
        accept={`${CERTIFICATES},${LOCKED_FILES}`}
        paste="Or paste it"
        pasteHint="A private key is not needed here; one that is pasted along is thrown away unread."
        pasted={state.values.certificateText ?? ''}
        error={errorOf(state, 'certificate')}
      />
      <Field
        form={form}
        name="password"
        label="Pass phrase of a .pfx or .p12 file"
        hint="Opens the file for this run only. File, pass phrase and private key are kept nowhere."
        error={errorOf(state, 'password')}
        type="password"
        maxLength={256}
        autoComplete="off"
      />
      <TextField
        form={form}
        name="hosts"
        label="Names by which clients reach the server"
        hint="One in each line, such as mail.contoso.example. Without any, the names are not checked."
        error={errorOf(state, 'hosts')}
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.values.hosts ?? ''}
      />
      <Advanced state={state} />
      <div>
        <RunButton pending={pending} />
      </div>
    </form>
  );
}

const ADVANCED = ['intermediates', 'intermediatesText', 'roots', 'rootsText', 'onlyRoots', 'time', 'usage', 'noFetch'];

function Advanced({ state }: { state: FormState }) {
  const value = (name: string): string => state.values[name] ?? '';
  const used = ADVANCED.some((name) => value(name) !== '' || errorOf(state, name) !== undefined);
  return (
    <details open={used} className="rounded-md border border-line px-4 py-3">
      <summary className="cursor-pointer font-medium">Advanced settings</summary>
      <div className="mt-3 grid gap-5">
        <FileOrText
          form={form}
          name="intermediates"
          label="Intermediate certificates"
          hint="What the server will send besides, where it is not in the same file."
          accept={CERTIFICATES}
          multiple
          paste="Or paste them"
          pasted={value('intermediatesText')}
          error={errorOf(state, 'intermediates')}
        />
        <FileOrText
          form={form}
          name="roots"
          label="Roots that are trusted"
          hint="Beside the public list, such as the root of an authority of one’s own."
          accept={CERTIFICATES}
          multiple
          paste="Or paste them"
          pasted={value('rootsText')}
          error={errorOf(state, 'roots')}
        />
        <Choice state={state} name="onlyRoots" label="Trust only these roots" hint="The public list is left out." />
        <Field
          form={form}
          name="time"
          label="Judge it for another moment"
          hint="A day, or a day and a time in UTC: 2027-03-01 or 2027-03-01T12:00:00Z."
          error={errorOf(state, 'time')}
          maxLength={40}
          autoComplete="off"
          defaultValue={value('time')}
          className="max-w-72"
        />
        <Usage state={state} />
        <Choice
          state={state}
          name="noFetch"
          label="Ask nobody"
          hint="Neither for issuers that are missing, nor whether the certificate was revoked."
        />
      </div>
    </details>
  );
}

function Usage({ state }: { state: FormState }) {
  const question = { form, name: 'usage', label: 'To be used by', error: errorOf(state, 'usage') };
  return (
    <Question {...question}>
      <select
        {...boxProps(question)}
        defaultValue={state.values.usage || 'server'}
        className="field mt-1.5 block max-w-72"
      >
        <option value="server">a server</option>
        <option value="client">a client that signs in with it</option>
      </select>
    </Question>
  );
}

function Choice({ state, name, label, hint }: { state: FormState; name: string; label: string; hint: string }) {
  const checked = (state.values[name] ?? '') !== '';
  return <Checkbox form={form} name={name} label={label} hint={hint} checked={checked} error={errorOf(state, name)} />;
}
