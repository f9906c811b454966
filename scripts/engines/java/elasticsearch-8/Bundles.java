import java.util.Map;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.PluginsLoader;

/** The modules and plugins of a home folder, as Elasticsearch 8 loads them. */
final class Bundles {
    static PluginsLoader load(Environment environment) {
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir());
        var plugins = PluginsLoader.loadPluginsBundles(environment.pluginsDir());
        return PluginsLoader.createPluginsLoader(modules, plugins, Map.of(), false);
    }
}
