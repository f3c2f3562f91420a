import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { clientChoices } from '#app/clients.ts';
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import { TestPage } from '#components/form/test-page.tsx';

export const metadata: Metadata = { title: 'Autodiscover test' };

export default function AutodiscoverPage() {
  return (
    <TestPage
      title="How do clients find this mailbox?"
      does="Goes every way to the settings, reads every form of the answer, and says what each mail client makes of it."
    >
      <MailboxForm
        test="autodiscover"
        clients={clientChoices.autodiscover}
        action={startTest}
        initial={{ values: {}, errors: [] }}
      />
    </TestPage>
  );
}
