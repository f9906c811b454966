import java.util.Map;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.PluginsLoader;

/** The modules and plugins of a home folder, as Elasticsearch 9 loads them. */
final class Bundles {
    static PluginsLoader load(Environment environment) {
        var modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), true);
        var plugins = PluginsLoader.loadPluginsBundles(environment.pluginsDir(), true);
        return PluginsLoader.createPluginsLoader(modules, plugins, Map.of(), false);
    }
}
