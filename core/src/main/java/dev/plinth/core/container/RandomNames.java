package dev.plinth.core.container;

import java.util.random.RandomGenerator;

/// Names for containers that were given none: how somebody may be, and who builds or what is built.
final class RandomNames {
    private static final String[] MANNERS =
            ("able airy amber ample apt azure bold brave bright brisk calm candid civil clear clever"
                            + " cosy crisp curious daring deft eager early earnest even exact fair"
                            + " faithful fine firm fond frank free fresh gentle glad golden good grand"
                            + " hardy hearty honest hopeful humble ideal jolly joyful keen kind lively"
                            + " loyal lucid lucky mellow merry mild modest neat nimble noble open"
                            + " patient plain polite proud pure quick quiet ready rosy sharp silent"
                            + " simple sincere sleek sober solid sound stable steady stout sunny swift"
                            + " tender tidy true trusty upright vivid warm wise witty worthy zesty")
                    .split(" ");

    private static final String[] BUILDERS =
            ("abutment architrave arch archway atrium balcony bastion beam belfry brick bridge"
                            + " bulwark buttress campanile capital carpenter cellar chimney cloister"
                            + " colonnade column corbel cornice courtyard cupola dais dome dormer"
                            + " fountain frieze gable gallery garden gate glazier granary hall hearth"
                            + " joiner keystone lantern lintel lodge loft mason mill minaret mortar"
                            + " mosaic nave oriel painter parapet pavilion pediment pergola piazza"
                            + " pier pilaster pillar plaza plinth porch portal portico quarry quay"
                            + " rafter rampart roof rotunda sculptor spire stair stone terrace thatcher"
                            + " threshold tiler timber tower truss turret vault veranda viaduct villa"
                            + " wall weaver window")
                    .split(" ");

    private RandomNames() {}

    /// A name; after several attempts that were taken, one with a number at its end.
    static ContainerName next(RandomGenerator random, int attempt) {
        String name =
                MANNERS[random.nextInt(MANNERS.length)]
                        + "_"
                        + BUILDERS[random.nextInt(BUILDERS.length)];
        return new ContainerName(attempt < 5 ? name : name + random.nextInt(1_000_000));
    }
}
