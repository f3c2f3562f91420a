import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

// Every page carries the nonce of its own answer, so none is made beforehand.
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Throughline', template: '%s – Throughline' },
  description: 'Shows how Outlook finds and reaches a mailbox, and what stops it.',
  icons: { icon: '/favicon.svg' },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f6f8' },
    { media: '(prefers-color-scheme: dark)', color: '#11161c' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
