CREATE TRIGGER rtree_cities_geom_insert AFTER INSERT ON cities
WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_cities_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_cities_geom_update1 AFTER UPDATE OF geom ON cities
WHEN OLD.fid = NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_cities_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_cities_geom_update2 AFTER UPDATE OF geom ON cities
WHEN OLD.fid = NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_cities_geom WHERE id = OLD.fid;
END;

CREATE TRIGGER rtree_cities_geom_update3 AFTER UPDATE ON cities
WHEN OLD.fid != NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_cities_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_cities_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_cities_geom_update4 AFTER UPDATE ON cities
WHEN OLD.fid != NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_cities_geom WHERE id IN (OLD.fid, NEW.fid);
END;

CREATE TRIGGER rtree_cities_geom_delete AFTER DELETE ON cities
WHEN OLD.geom NOT NULL
BEGIN
  DELETE FROM rtree_cities_geom WHERE id = OLD.fid;
END;

CREATE TRIGGER rtree_links_geom_insert AFTER INSERT ON links
WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_links_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_links_geom_update1 AFTER UPDATE OF geom ON links
WHEN OLD.fid = NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO rtree_links_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_links_geom_update2 AFTER UPDATE OF geom ON links
WHEN OLD.fid = NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_links_geom WHERE id = OLD.fid;
END;

CREATE TRIGGER rtree_links_geom_update3 AFTER UPDATE ON links
WHEN OLD.fid != NEW.fid AND (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_links_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_links_geom VALUES (
    NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;

CREATE TRIGGER rtree_links_geom_update4 AFTER UPDATE ON links
WHEN OLD.fid != NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM rtree_links_geom WHERE id IN (OLD.fid, NEW.fid);
END;

CREATE TRIGGER rtree_links_geom_delete AFTER DELETE ON links
WHEN OLD.geom NOT NULL
BEGIN
  DELETE FROM rtree_links_geom WHERE id = OLD.fid;
END;
