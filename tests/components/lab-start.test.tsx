/** The button of a lab system: whatever its test is told on the command line stands in its form as well. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { LabStart, type LabTarget } from '#components/start/lab-start.tsx';

const usual: LabTarget = {
  ...{ name: 'system', title: 'A system.', email: 'alice@system.lab.test', username: 'alice', password: 'right' },
  analyzer: 'rpc-http',
};

function fieldsOf(world: LabTarget): Record<string, string> {
  const html = renderToStaticMarkup(<LabStart world={world} action={async (state) => state} />);
  const inputs = html.matchAll(/<input type="hidden"[^>]* name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].flatMap(([, name = '', value = '']) => (value === '' ? [] : [[name, value]])));
}

test('what was typed into a profile', () => {
  const typed = {
    server: 'mail.lab.test',
    rpcServer: 'ex.lab.test',
    rpcAuth: 'ntlm',
    principal: 'msstd:mail.lab.test',
  };
  expect(fieldsOf({ ...usual, ...typed, client: 'outlook-2003', endpointMapper: true })).toEqual({
    ...{ email: usual.email, username: usual.username, password: usual.password, analyzer: 'rpc-http' },
    ...{ ...typed, client: 'outlook-2003', endpointMapper: 'yes' },
  });
});

test('what is done once the mailbox is open', () => {
  const fields = fieldsOf({ ...usual, analyzer: 'mapi-http', longWait: '3', hideFolders: true });
  expect(fields).toMatchObject({ analyzer: 'mapi-http', longWait: '3', hideFolders: 'yes' });
  expect(Object.keys(fields)).not.toContain('endpointMapper');
});
