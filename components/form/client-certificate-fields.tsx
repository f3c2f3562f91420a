/** The certificate that a client shows to servers that ask for one, and what opens its file. */
import { Field } from './field.tsx';
import { FileField, LOCKED_FILES } from './file-field.tsx';
import { errorOf, type FormState } from './state.ts';

const SHOWN = 'A .pfx or .p12 file with its private key. Shown to the server if it asks for one, kept nowhere.';
/** No page can fill in a file. */
const AGAIN = 'Choose the file once more: it was not kept.';

export function ClientCertificateFields({ form, state }: { form: string; state: FormState }) {
  return (
    <>
      <FileField
        form={form}
        name="clientCertificate"
        label="Client certificate"
        hint={wasGiven(state) ? `${AGAIN} ${SHOWN}` : SHOWN}
        accept={LOCKED_FILES}
        error={errorOf(state, 'clientCertificate')}
      />
      <Field
        form={form}
        name="passPhrase"
        label="Pass phrase of the client certificate"
        hint="Opens the file for this run only. Empty, if the file has none."
        error={errorOf(state, 'passPhrase')}
        type="password"
        maxLength={256}
        autoComplete="off"
      />
    </>
  );
}

/** Whether they have to be seen: there is a mistake in them, or they were filled in. */
export function asksForClientCertificate(state: FormState): boolean {
  return wasGiven(state) || state.errors.some(({ field }) => field === 'clientCertificate' || field === 'passPhrase');
}

const wasGiven = ({ values }: FormState): boolean => (values.clientCertificate ?? '') !== '';
