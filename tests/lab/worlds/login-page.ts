import { webServer } from '../hosts.ts';
import { signInPage } from '../web/website.ts';
import { defineWorld } from '../world.ts';

export const loginPage = defineWorld({
  name: 'login-page',
  title: 'A gateway answers with a sign-in page of its own.',
  must: ['http.unexpected-answer'],
  hosts: { autodiscover: webServer(signInPage) },
});
