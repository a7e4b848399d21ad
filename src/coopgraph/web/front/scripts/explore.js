// The Explore page: the graph by its communities.
import { createStage, prepareStage } from './explore/stage.js';
import { begin } from './graph/page.js';

begin({ createStage, name: 'coopgraph-explore' });
prepareStage(document.getElementById('drawing')); // while the graph is on its way
