/** The form of a run once more, filled out of the run itself and never out of the address. The password is asked for again. */
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ownerAccess } from '#app/access.ts';
import { startCertificateTest, startTest } from '#app/actions.ts';
import { clientChoices } from '#app/clients.ts';
import { service } from '#app/service.ts';
import { CertificateForm } from '#components/form/certificate-form.tsx';
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import type { FormState } from '#components/form/state.ts';
import { TestPage } from '#components/form/test-page.tsx';
import { TlsForm } from '#components/form/tls-form.tsx';
import { isMailboxTest } from '#lib/analyzers/mailbox-request.ts';
import type { RunHead } from '#lib/result/events.ts';
import { fold } from '#lib/result/reducer.ts';

export const metadata: Metadata = { title: 'Run again' };

export default async function AgainPage({ params }: { params: Promise<{ id: string }> }) {
  const access = await ownerAccess((await params).id);
  const head = access && fold(await service().events(access.run)).head;
  if (!head) notFound();
  return <Form analyzer={head.analyzer} initial={filled(head)} />;
}

const ONCE_MORE = 'Everything is as it was in the last run';

function Form({ analyzer, initial }: { analyzer: string; initial: FormState }) {
  const hadCertificate = (initial.values.clientCertificate ?? '') !== '';
  switch (analyzer) {
    case 'tls':
      return (
        <TestPage
          title="Test this host again"
          does={
            hadCertificate
              ? `${ONCE_MORE}, but for the client certificate: it was not kept, so it is asked for again.`
              : `${ONCE_MORE}.`
          }
        >
          <TlsForm action={startTest} initial={initial} />
        </TestPage>
      );
    case 'certificate':
      return (
        <TestPage
          title="Check a certificate again"
          does={`${ONCE_MORE}, but for the files: they were not kept, so they are asked for again.`}
        >
          <CertificateForm action={startCertificateTest} initial={initial} />
        </TestPage>
      );
    default: {
      const test = isMailboxTest(analyzer) ? analyzer : 'outlook';
      return (
        <TestPage
          title="Test this mailbox again"
          does={
            hadCertificate
              ? `${ONCE_MORE}, but for password and client certificate: they were not kept, so they are asked for again.`
              : `${ONCE_MORE}, but for ${secretOf(initial)}: it was not kept, so it is asked for again.`
          }
        >
          <MailboxForm test={test} clients={clientChoices[test]} action={startTest} initial={initial} />
        </TestPage>
      );
    }
  }
}

const secretOf = ({ values }: FormState): string => (values.signInWith === 'token' ? 'the token' : 'the password');

function filled({ target, options }: RunHead): FormState {
  const values = Object.fromEntries(
    Object.entries({ ...target, ...options }).map(([name, value]) => [name, [value].flat().join('\n')]),
  );
  // A user name that is the address was left empty, most likely.
  return {
    values: { ...values, username: values.username === values.email ? '' : (values.username ?? '') },
    errors: [],
  };
}
