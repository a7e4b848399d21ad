// The Explore page: the graph by its communities.
import { createStage } from './explore/stage.js';
import { begin } from './graph/page.js';

begin({ createStage, name: 'coopgraph-explore' });
