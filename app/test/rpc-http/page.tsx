import type { Metadata } from 'next';
import { startTest } from '#app/actions.ts';
import { clientChoices } from '#app/clients.ts';
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import { TestPage } from '#components/form/test-page.tsx';

export const metadata: Metadata = { title: 'RPC over HTTP test' };

export default function RpcHttpPage() {
  return (
    <TestPage
      title="Does this mailbox open by RPC over HTTP?"
      does="Goes the way of older Outlook (Outlook Anywhere): the RPC proxy, the address book, the referral, the mailbox, first without encryption of its own and then with it."
    >
      <MailboxForm
        test="rpc-http"
        clients={clientChoices['rpc-http']}
        action={startTest}
        initial={{ values: {}, errors: [] }}
      />
    </TestPage>
  );
}
