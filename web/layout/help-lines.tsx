import type { VNode } from 'preact';
import type { Say } from '../messages/messages.ts';

/** On every public page: somebody who reads it may need one of these numbers. */
export function HelpLines({ say }: { readonly say: Say }): VNode {
  return (
    <section class="help-lines" aria-label={say('lines.label')}>
      <p>
        <strong lang="en">National Human Trafficking Hotline</strong>: {say('lines.call')}{' '}
        <a href="tel:+18883737888">888-373-7888</a>, {say('lines.text')} <a href="sms:233733">233733</a>.{' '}
        {say('lines.danger')} <a href="tel:911">911</a>.
      </p>
    </section>
  );
}
