/** The servers that are typed in where Autodiscover shall not be asked, and what is done once the mailbox is open. */
import type { InputHTMLAttributes } from 'react';
import { Field } from './field.tsx';
import type { MailboxTest } from './mailbox-settings.tsx';
import { Radios } from './radios.tsx';
import { entered, errorOf, type FormState } from './state.ts';
import { Tick } from './tick.tsx';

export const SERVER_FIELDS = [
  ...['server', 'longWait', 'hideFolders'],
  ...['rpcServer', 'principal', 'rpcAuth', 'endpointMapper'],
] as const;

interface Place {
  form: MailboxTest;
  state: FormState;
}

export function ServerFields({ form, state }: Place) {
  switch (form) {
    case 'autodiscover':
      return null;
    case 'outlook':
      return <Looking form={form} state={state} />;
    case 'mapi-http':
      return (
        <>
          <Line
            form={form}
            state={state}
            name="server"
            label="URL of the mailbox service"
            hint="For example https://mail.contoso.example/mapi/emsmdb/?MailboxId=… and used as it is typed. Empty means that Autodiscover is asked."
            inputMode="url"
            maxLength={2000}
          />
          <Looking form={form} state={state} />
        </>
      );
    case 'rpc-http':
      return <ProxyFields form={form} state={state} />;
  }
}

/** A field for one line of text that nobody corrects. */
function Line({
  form,
  state,
  name,
  label,
  hint,
  ...input
}: Place & { name: string; label: string; hint: string } & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field
      {...{ form, name, label, hint, error: errorOf(state, name), defaultValue: entered(state, name) }}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      {...input}
    />
  );
}

/** Spelled as a profile's own settings call them. */
function ProxyFields({ form, state }: Place) {
  return (
    <>
      <Line
        form={form}
        state={state}
        name="server"
        label="RPC proxy"
        hint="The host alone, such as mail.contoso.example. Empty means that Autodiscover is asked."
        maxLength={253}
      />
      <Line
        form={form}
        state={state}
        name="rpcServer"
        label="RPC server behind it"
        hint="The long name with an @ from the settings, or a host. Empty means the one that Autodiscover names; where the proxy is typed in, the proxy itself."
        maxLength={1023}
      />
      <Line
        form={form}
        state={state}
        name="principal"
        label="Principal name that Outlook expects"
        hint="Such as msstd:mail.contoso.example. Empty means the one that Autodiscover names, if any."
        maxLength={260}
      />
      <Radios
        form={form}
        name="rpcAuth"
        legend="Sign in at the proxy by"
        choices={METHODS}
        chosen={entered(state, 'rpcAuth')}
        error={errorOf(state, 'rpcAuth')}
      />
      <Tick
        form={form}
        state={state}
        name="endpointMapper"
        label="Also ask the endpoint mapper"
        hint="Port 593 of the RPC server. Exchange 2013 and later never answer there."
      />
    </>
  );
}

const METHODS = [
  { value: '', label: 'what it offers' },
  { value: 'basic', label: 'Basic' },
  { value: 'ntlm', label: 'NTLM' },
  { value: 'negotiate', label: 'Negotiate' },
] as const;

function Looking({ form, state }: Place) {
  return (
    <>
      <Field
        form={form}
        name="longWait"
        label="Long wait, in seconds"
        hint="Outlook keeps a request open for minutes, to hear of new mail. With a number here the test does so too, and tells who cuts it. 0 to 1800; empty means none."
        error={errorOf(state, 'longWait')}
        type="number"
        min={0}
        max={1800}
        defaultValue={entered(state, 'longWait')}
        className="max-w-32 tabular-nums"
      />
      <Tick
        form={form}
        state={state}
        name="hideFolders"
        label="Do not show folder names"
        hint="Names of folders, and how much is in them, then stay out of the result."
      />
    </>
  );
}
