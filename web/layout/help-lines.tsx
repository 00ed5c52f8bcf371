import type { VNode } from 'preact';

/** On every public page: somebody who reads it may need one of these numbers. */
export function HelpLines(): VNode {
  return (
    <footer class="help-lines" aria-label="Help lines">
      <p>
        <strong>National Human Trafficking Hotline</strong>: call <a href="tel:+18883737888">888-373-7888</a>,
        or text <a href="sms:233733">233733</a>. In danger now: call <a href="tel:911">911</a>.
      </p>
    </footer>
  );
}
