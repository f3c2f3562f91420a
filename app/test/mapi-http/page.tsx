import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { clientChoices } from '#app/clients.ts';
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import { TestPage } from '#components/form/test-page.tsx';

export const metadata: Metadata = { title: 'MAPI over HTTP test' };

export default function MapiHttpPage() {
  return (
    <TestPage
      title="Does this mailbox open by MAPI over HTTP?"
      does="Signs in, opens the mailbox and lists its folders, looks the address up in the address book, and measures how long the server takes. Nothing is written, no message is read."
    >
      <MailboxForm
        test="mapi-http"
        clients={clientChoices['mapi-http']}
        action={startTest}
        initial={{ values: {}, errors: [] }}
      />
    </TestPage>
  );
}
