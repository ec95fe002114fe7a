"""That a first mail came to an address of ours is not to be seen in its status."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE mail_alias alias
           SET alias_status = 'valid'
          FROM ir_model model
         WHERE model.id = alias.alias_model_id
           AND model.model = 'complaint.case'
           AND alias.alias_status = 'not_tested'
        """
    )
