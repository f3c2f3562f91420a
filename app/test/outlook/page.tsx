import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { clientChoices } from '#app/clients.ts';
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import { TestPage } from '#components/form/test-page.tsx';

export const metadata: Metadata = { title: 'Outlook test' };

export default function OutlookPage() {
  return (
    <TestPage
      title="Can Outlook reach this mailbox?"
      does="Looks for the server as Outlook does: name, port, encryption, certificate, sign-in, settings. Each step is shown while it happens."
    >
      <MailboxForm
        test="outlook"
        clients={clientChoices.outlook}
        action={startTest}
        initial={{ values: {}, errors: [] }}
      />
    </TestPage>
  );
}
