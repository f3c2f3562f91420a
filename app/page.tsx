/** The start: one field first, then by symptom, then every test; with the lab running, systems to try it on. */
import { MailboxForm } from '#components/form/mailbox-form.tsx';
import { LabTable } from '#components/start/lab-table.tsx';
import { Symptoms } from '#components/start/symptoms.tsx';
import { Tests } from '#components/start/tests.tsx';
import { Page } from '#components/ui/page.tsx';
import { PageHeading } from '#components/ui/page-heading.tsx';
import { startTest } from './actions.ts';
import { clientChoices } from './clients.ts';
import { service } from './service.ts';

export default function StartPage() {
  const worlds = service().lab();
  return (
    <Page>
      <div className="grid gap-x-14 gap-y-10 pt-4 lg:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
        <div className="grid content-start gap-6">
          <PageHeading>Can Outlook reach this mailbox?</PageHeading>
          <MailboxForm
            test="outlook"
            clients={clientChoices.outlook}
            action={startTest}
            initial={{ values: {}, errors: [] }}
          />
        </div>
        <div className="grid content-start gap-8 lg:pt-2">
          <section aria-labelledby="symptoms">
            <h2 id="symptoms" className="text-lg font-semibold">
              What is wrong?
            </h2>
            <Symptoms />
          </section>
          <section aria-labelledby="tests">
            <h2 id="tests" className="mb-2 text-lg font-semibold">
              All tests
            </h2>
            <Tests />
          </section>
        </div>
      </div>
      {worlds !== null && (
        <section aria-labelledby="lab" className="mt-12">
          <h2 id="lab" className="text-lg font-semibold">
            Try it on a system that is broken on purpose
          </h2>
          <p className="mb-3 text-soft">
            Simulated mail systems, running here: a few are well, most are broken in exactly one way.
          </p>
          <LabTable worlds={worlds.map(({ options: _options, mustNot: _mustNot, ...row }) => row)} action={startTest} />
        </section>
      )}
    </Page>
  );
}
