/** The workbench, loaded after the page around it stands. */
import './page.css';

const workbench = document.getElementById('workbench');
if (workbench !== null) {
  const { openWorkbench } = await import('./workbench.ts');
  openWorkbench(workbench);
}
